/**
 * Writing a generated page.
 *
 * @module
 */

/**
 * Writes a page of Markdown, formatted as `deno fmt` does.
 *
 * @param path Path within the project.
 * @param text Its text.
 * @throws {Error} If it cannot be formatted.
 */
export async function writePage(path: string, text: string): Promise<void> {
  const file = new URL(path, new URL("../", import.meta.url));
  await Deno.writeTextFile(file, text);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "-q", file.pathname],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
