/**
 * Code that runs in a process of its own, for it starts the engine or depends on environment variables.
 *
 * @module
 */

/** What the code printed. */
export interface Printed {
  /** Standard output. */
  readonly said: string;
  /** Standard error. */
  readonly noted: string;
}

/**
 * Prints a value, or the error, that an expression returns after an import from `lib/engine`.
 *
 * @param module Path of the module below `lib/engine`.
 * @param name What is imported from it.
 * @param expression The expression.
 * @param env Environment variables beside those of this process; the engine's own are empty otherwise.
 * @returns What was printed.
 */
export async function printed(
  module: string,
  name: string,
  expression: string,
  env: Record<string, string> = {},
): Promise<Printed> {
  const url = new URL(`../../lib/engine/${module}`, import.meta.url);
  const code = `
    import { ${name} } from ${JSON.stringify(url)};
    try {
      console.log(${expression});
    } catch (error) {
      console.log(error.name + ": " + error.message);
    }
  `;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, code);
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", file],
    env: { NO_COLOR: "1", NBN_BACKEND: "", NBN_DEVICE: "", NBN_PJRT_PLUGIN: "", ...env },
  }).output();
  await Deno.remove(file);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  return { said: text(stdout), noted: text(stderr) };
}
