/**
 * Records as CSV files with a header, and numbers among their columns.
 *
 * @module
 */
import { writeAtomically } from "../lib/core/write_atomically.ts";
import { csv } from "../lib/deps/csv.ts";

/** The columns of a file in their order, each with what it holds. */
export type Columns<Row> = {
  readonly [Name in keyof Row]: Row[Name] extends number ? "number" : "text";
};

/**
 * Reads a file.
 *
 * @param file The file, which need not exist.
 * @param columns Its columns.
 * @returns Its rows.
 * @throws {Error} If a value is missing or not a number where a number belongs.
 */
export async function readRecords<Row extends object>(
  file: URL,
  columns: Columns<Row>,
): Promise<Row[]> {
  const text = await Deno.readTextFile(file).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return Object.keys(columns).join();
    throw error;
  });
  const { parse } = await csv();
  const rows: Partial<Record<string, string>>[] = parse(text, { skipFirstRow: true });
  return rows.map((row, i) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, kind]) => {
        const value = row[name];
        const number = value?.trim() ? Number(value) : NaN;
        if (value === undefined || kind === "number" && Number.isNaN(number)) {
          throw new Error(
            `Expected a ${kind} as ${name} in row ${i + 1} of ${file.pathname} but found ${value}`,
          );
        }
        return [name, kind === "number" ? number : value];
      }),
    ) as Row
  );
}

/**
 * Writes a file.
 *
 * @param file The file.
 * @param columns Its columns.
 * @param rows Its rows.
 */
export async function writeRecords<Row extends object>(
  file: URL,
  columns: Columns<Row>,
  rows: readonly Row[],
): Promise<void> {
  const { stringify } = await csv();
  const objects = rows.map((row) => Object.fromEntries(Object.entries(row)));
  const text = stringify(objects, { columns: Object.keys(columns) });
  await writeAtomically(file.pathname, text);
}

/** A file of rows that are measured one by one. */
export interface CsvRecord<Row> {
  /** Reads its rows; none if there is no file yet. */
  read(): Promise<Row[]>;
  /** Writes the file anew. */
  write(rows: readonly Row[]): Promise<void>;
  /** Adds rows at the end, in place of those with the same key. */
  replace(rows: readonly Row[]): Promise<void>;
}

/**
 * Returns functions for the rows of a file.
 *
 * @param file The file.
 * @param columns Its columns.
 * @param key Columns whose values identify a row.
 * @returns Functions that read and write it.
 */
export function csvRecord<Row extends object>(
  file: URL,
  columns: Columns<Row>,
  key: readonly (keyof Row)[],
): CsvRecord<Row> {
  const read = () => readRecords(file, columns);
  const write = (rows: readonly Row[]) => writeRecords(file, columns, rows);
  const keyOf = (row: Row) => JSON.stringify(key.map((name) => row[name]));
  return {
    read,
    write,
    async replace(rows) {
      const replaced = new Set(rows.map(keyOf));
      await write([...(await read()).filter((row) => !replaced.has(keyOf(row))), ...rows]);
    },
  };
}
