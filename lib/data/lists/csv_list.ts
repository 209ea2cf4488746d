/**
 * Lists in columns: a header that names them, then a path and a label in each row.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { csv } from "../../deps/csv.ts";

/** Where the columns of a list are. */
export interface ListColumns {
  /** What stands between values. */
  readonly separator: string;
  /** Place of the column of paths, from 0. */
  readonly path: number;
  /** Place of the column of labels. */
  readonly label: number;
}

/** A row of a list. */
export interface ListRow {
  /** The path; empty where there is none. */
  readonly path: string;
  /** The label as it was written; empty where there is none. */
  readonly label: string;
}

/** Names of columns, the preferred ones first. */
const PATHS = ["path", "file", "file_name", "filename", "filepath", "image"];
const LABELS = ["label", "class", "class_name", "category"];
const SEPARATORS = [",", ";", "\t"];

/** What the names of the columns may be, for messages. */
export const COLUMN_NAMES = `one of ${PATHS.join(", ")} and one of ${LABELS.join(", ")}`;

/**
 * Finds the columns of paths and labels in a header, whatever their order and whatever else there is.
 *
 * @param header The first line.
 * @returns Their places, or `undefined` if it is no such header.
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
 * Finds the column of paths in a header, whether there are labels or not.
 *
 * @param header The first line.
 * @returns Its place, or `undefined` if it is no such header.
 */
export function pathColumnIn(header: string): Omit<ListColumns, "label"> | undefined {
  for (const separator of SEPARATORS) {
    const path = firstOf(PATHS, namesIn(header, separator));
    if (path >= 0) return { separator, path };
  }
}

/** Names of columns in lower case. */
function namesIn(header: string, separator: string): string[] {
  return header.split(separator)
    .map((name) => name.trim().replace(/^"(.*)"$/, "$1").toLowerCase());
}

/**
 * Reads the rows of a list in columns.
 *
 * @param file Its path, for the message.
 * @param text What it holds.
 * @param columns Where the columns are.
 * @returns Path and label of each row, without the header.
 * @throws {DataError} If quotes are not closed.
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

/** Place of the most preferred name. */
function firstOf(preferred: readonly string[], names: readonly string[]): number {
  return preferred.map((name) => names.indexOf(name)).find((place) => place >= 0) ?? -1;
}
