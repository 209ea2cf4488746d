/**
 * Reading tables of results.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { csv } from "../deps/csv.ts";

/** A row of a table of results, with numbers parsed and `null` for empty fields. */
export type ResultRow = Readonly<Record<string, string | number | null>>;

/** Options of {@linkcode readResults}. */
export interface ReadResultsOptions {
  /** Values that a row must have, keyed by column name. */
  readonly where?: ResultRow;
  /**
   * Columns to return, in order.
   *
   * @default {all}
   */
  readonly columns?: readonly string[];
}

/**
 * Reads a table of trained recipes, such as `data/results/cifar10-lt.csv`, for {@linkcode show} and for figures.
 *
 * @param path Path of a CSV file with a header row.
 * @param options Filter of rows, and columns to return.
 * @returns One record per matching row.
 * @throws {DataError} If the file cannot be read or parsed, or lacks a column.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readResults } from "@nbn/toolkit/notebooks";
 *
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, "recipe,all,tail\nbuiltin/ce,48.3,\n");
 * assertEquals(await readResults(file), [{ recipe: "builtin/ce", all: 48.3, tail: null }]);
 * assertEquals(await readResults(file, { where: { tail: null }, columns: ["all"] }), [{ all: 48.3 }]);
 * await Deno.remove(file);
 * ```
 */
export async function readResults(
  path: string,
  { where = {}, columns }: ReadResultsOptions = {},
): Promise<ResultRow[]> {
  const rows = await readRows(path);
  const names = Object.keys(rows[0] ?? {});
  const lacking = [...Object.keys(where), ...columns ?? []].find((name) => !names.includes(name));
  if (lacking !== undefined) {
    throw new DataError(
      `Expected a column ${lacking} in ${path} but found ${names.join(", ") || "no row"}`,
    );
  }
  return rows.filter((row) => Object.entries(where).every(([name, value]) => row[name] === value))
    .map((row) => Object.fromEntries((columns ?? names).map((name) => [name, row[name]])));
}

async function readRows(path: string): Promise<ResultRow[]> {
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
