/**
 * Tables of results that come with the project.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { csv } from "../deps/csv.ts";

/** A row of such a table: numbers as numbers, `null` where there is none. */
export type ResultRow = Readonly<Record<string, string | number | null>>;

/**
 * Reads a table of trained recipes, such as `data/results/cifar10-lt.csv`, for `show` and for figures.
 *
 * @param path A CSV file whose first row names the columns.
 * @returns A record for each of the other rows.
 * @throws {DataError} If there is none, or it is not such a file.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, "recipe,all,tail\nbuiltin/ce,48.3,\n");
 * assertEquals(await readResults(file), [{ recipe: "builtin/ce", all: 48.3, tail: null }]);
 * await Deno.remove(file);
 * ```
 */
export async function readResults(path: string): Promise<ResultRow[]> {
  const { parse } = await csv();
  try {
    const rows = parse(await Deno.readTextFile(path), { skipFirstRow: true });
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, text]) => [name, valueOf(text)]))
    );
  } catch (cause) {
    throw new DataError(
      `Expected a table of results at ${path} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
}

function valueOf(text: string | undefined): string | number | null {
  if (text === undefined || text === "") return null;
  return Number.isNaN(Number(text)) ? text : Number(text);
}
