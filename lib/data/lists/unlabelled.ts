/**
 * Lists of images without labels.
 *
 * @module
 */
import { csv } from "../../deps/csv.ts";
import { DataError } from "../../core/errors.ts";
import { kindOfName } from "../files/names.ts";
import { columnsIn, pathColumnIn } from "./csv_list.ts";
import { expectUtf8 } from "./encoding.ts";

/**
 * Reads a list of paths: one in each line, or a path column (CSV with a header that names it `path`, `file` or the
 * like, and no label column).
 *
 * @param file Path of the list.
 * @returns The paths as written; `undefined` if the list has another format, presumably with labels.
 * @throws {DataError} If the list cannot be read, or is not in UTF-8.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, "my cat.jpg\ndog.png\n");
 * assertEquals(await readUnlabelled(file), ["my cat.jpg", "dog.png"]);
 * await Deno.writeTextFile(file, "my cat.jpg 0\ndog.png 1\n");
 * assertEquals(await readUnlabelled(file), undefined);
 * await Deno.remove(file);
 * ```
 */
export async function readUnlabelled(file: string): Promise<string[] | undefined> {
  const bytes = await read(file);
  expectUtf8(file, bytes);
  // The decoder drops a byte order mark.
  const text = new TextDecoder().decode(bytes);
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const [header = ""] = lines;
  if (columnsIn(header)) return undefined;
  const column = pathColumnIn(header);
  if (column) {
    const { parse } = await csv();
    const { separator, path } = column;
    const rows = parse(text, { separator, skipFirstRow: false }).slice(1);
    return rows.map((row) => (row[path] ?? "").trim()).filter((name) => name !== "");
  }
  const isPath = (line: string) => {
    const name = line.replace(/^.*[/\\]/, "");
    return ["image", "other-format", "hidden"].includes(kindOfName(name));
  };
  return lines.every(isPath) ? lines : undefined;
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(file);
  } catch (cause) {
    throw new DataError(
      `Expected a list of images at ${file} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
}
