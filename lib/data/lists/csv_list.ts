/**
 * Lists in columns: a header with their names, then a path and a label in each row.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { csv } from "../../deps/csv.ts";

/** Format of a list in columns. */
export interface ListColumns {
  /** Column separator. */
  readonly separator: string;
  /** Index of the path column, from 0. */
  readonly path: number;
  /** Index of the label column, from 0. */
  readonly label: number;
}

/** A row of a list. */
export interface ListRow {
  /** The path; empty if missing. */
  readonly path: string;
  /** The label as written; empty if missing. */
  readonly label: string;
}

/** Accepted column names, in order of precedence. */
const PATHS = ["path", "file", "file_name", "filename", "filepath", "image"];
const LABELS = ["label", "class", "class_name", "category"];
const SEPARATORS = [",", ";", "\t"];

/** Accepted column names, for error messages. */
export const COLUMN_NAMES = `one of ${PATHS.join(", ")} and one of ${LABELS.join(", ")}`;

/**
 * Finds the path and label columns in a header, in any order and among other columns.
 *
 * @param header The first line.
 * @returns Separator and column indices, or `undefined` if the line is not such a header.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(columnsIn("id;Class;path"), { separator: ";", path: 2, label: 1 });
 * assertEquals(columnsIn("cats/1.jpg 0"), undefined);
 * ```
 */
export function columnsIn(header: string): ListColumns | undefined {
  for (const separator of SEPARATORS) {
    const names = namesIn(header, separator);
    const path = firstOf(PATHS, names), label = firstOf(LABELS, names);
    if (path >= 0 && label >= 0) return { separator, path, label };
  }
}

/**
 * Finds the path column in a header, with or without labels.
 *
 * @param header The first line.
 * @returns Separator and column index, or `undefined` if the line is not such a header.
 */
export function pathColumnIn(header: string): Omit<ListColumns, "label"> | undefined {
  for (const separator of SEPARATORS) {
    const path = firstOf(PATHS, namesIn(header, separator));
    if (path >= 0) return { separator, path };
  }
}

/** Column names in lower case. */
function namesIn(header: string, separator: string): string[] {
  return header.split(separator)
    .map((name) => name.trim().replace(/^"(.*)"$/, "$1").toLowerCase());
}

/**
 * Parses the rows of a list in columns.
 *
 * @param file Path of the list, for error messages.
 * @param text Content of the list.
 * @param columns Format of the list.
 * @returns Path and label of each row, without the header.
 * @throws {DataError} If a quote is not closed.
 */
export async function readRows(
  file: string,
  text: string,
  { separator, path, label }: ListColumns,
): Promise<ListRow[]> {
  const { parse } = await csv();
  try {
    return parse(text, { separator, skipFirstRow: false }).slice(1).map((row) => ({
      path: (row[path] ?? "").trim(),
      label: (row[label] ?? "").trim(),
    }));
  } catch (cause) {
    throw new DataError(`Expected a table in ${file} but found: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** Index of the name with the highest precedence; −1 if there is none. */
function firstOf(preferred: readonly string[], names: readonly string[]): number {
  return preferred.map((name) => names.indexOf(name)).find((index) => index >= 0) ?? -1;
}
