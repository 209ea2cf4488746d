/**
 * Reads a list in any format: lines of `path label`, or columns with a header.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { normalName } from "../class_names.ts";
import { type PathTable, pathTable, sharedBytes } from "../paths.ts";
import { COLUMN_NAMES, columnsIn, type ListColumns, readRows } from "./csv_list.ts";
import { expectUtf8 } from "./encoding.ts";
import { isClassName, type LabelRange, lineAt, parseList, parseNamedList } from "./parse.ts";
import { SHOWN, someOf } from "./some_of.ts";

/** Content of a list. */
export interface ReadList {
  /** The paths; relative ones have no root yet. */
  readonly paths: PathTable;
  /** Label of each image, from 0; if labels are names, the index into `names`. */
  readonly labels: Int32Array;
  /** Distinct class names, if labels are names. */
  readonly names?: readonly string[];
  /** Whether images are in lines or in rows of a table, for error messages. */
  readonly unit: "line" | "row";
  /** Line or row number of an image, from 1. */
  placeOf(image: number): number;
}

const NEWLINE = 10;
/** Upper bound of the length of a header. */
const MAX_HEADER_BYTES = 4096;

/**
 * Reads a list of images. Labels are either all integers or all class names.
 *
 * @param file Path of the list: lines of `path label`, or CSV with a header.
 * @param range Number of classes, and label of the first class, if labels are numbers.
 * @returns Paths and labels.
 * @throws {DataError} If the list is missing, empty or not in UTF-8, or a line is not a path and a label.
 */
export async function readList(file: string, range: LabelRange = {}): Promise<ReadList> {
  const bytes = await readShared(file);
  expectUtf8(file, bytes);
  const header = textOf(bytes.subarray(0, Math.min(MAX_HEADER_BYTES, lineEnd(bytes, 0))));
  const columns = columnsIn(header.replace(/^\ufeff/, ""));
  const table = /\.(csv|tsv)$/i.test(file);
  if (table && !columns) {
    throw new DataError(
      `Expected columns for paths and labels in the first line of ${file}, named ${COLUMN_NAMES}, ` +
        `but found "${header.slice(0, 100).trim()}": write their names there`,
    );
  }
  const list = columns
    ? await columnList(file, bytes, columns, range)
    : lineList(file, bytes, range);
  if (list.labels.length === 0) {
    throw new DataError(`Expected images in ${file} but found none`);
  }
  return list;
}

/** Parses a list of lines. */
function lineList(file: string, bytes: Uint8Array, range: LabelRange): ReadList {
  const numbered = parseList(bytes, range);
  const some = numbered.labels.length > 0;
  const named = some || numbered.malformed.length === 0 ? undefined : parseNamedList(bytes);
  const { starts, ends, labels, names, malformed } = named?.labels.length ? named : numbered;
  if (malformed.length > 0) {
    const lines = malformed.slice(0, SHOWN).map((offset) => ({
      text: textOf(bytes.subarray(offset, lineEnd(bytes, offset))).trim(),
      place: `line ${lineAt(bytes, offset)}`,
    }));
    throw malformedIn(file, lines, malformed.length, { ...range, labels });
  }
  const paths = { root: "", bytes, starts, ends };
  return { paths, labels, names, unit: "line", placeOf: (image) => lineAt(bytes, starts[image]) };
}

/** Parses a list in columns. */
async function columnList(
  file: string,
  bytes: Uint8Array,
  columns: ListColumns,
  range: LabelRange,
): Promise<ReadList> {
  const { classes = Infinity, labelsFrom = 0 } = range;
  const rows = await readRows(file, textOf(bytes), columns);
  const numbered = rows.some(({ label }) => /^\d+$/.test(label));
  const labelOf = new Map<string, number>();
  const labels = Int32Array.from(rows, ({ path, label: text }) => {
    if (path === "") return -1;
    if (numbered) {
      const label = /^\d{1,9}$/.test(text) ? Number(text) - labelsFrom : -1;
      return label < classes ? label : -1;
    }
    const name = normalName(text);
    if (!isClassName(name)) return -1;
    const label = labelOf.get(name) ?? labelOf.size;
    labelOf.set(name, label);
    return label;
  });
  // Row 1 is the header.
  const placeOf = (row: number) => row + 2;
  const malformed = rows.flatMap((_, row) => labels[row] < 0 ? [row] : []);
  if (malformed.length > 0) {
    const lines = malformed.slice(0, SHOWN).map((row) => ({
      text: `${rows[row].path}${columns.separator}${rows[row].label}`,
      place: `row ${placeOf(row)}`,
    }));
    throw malformedIn(file, lines, malformed.length, { ...range, labels });
  }
  const paths = pathTable(rows.map(({ path }) => path));
  return { paths, labels, names: numbered ? undefined : [...labelOf.keys()], unit: "row", placeOf };
}

/** Creates the error for malformed lines, with a hint if the cause is recognised. */
function malformedIn(
  file: string,
  lines: readonly { text: string; place: string }[],
  count: number,
  { classes, labelsFrom = 0, labels }: LabelRange & { labels: Int32Array },
): DataError {
  const range = classes === undefined
    ? `of at least ${labelsFrom}`
    : `from ${labelsFrom} to ${classes - 1 + labelsFrom}`;
  const behind = (text: string) => Number(/\d+$/.exec(text)?.[0]);
  const shifted = labelsFrom === 0 && !labels.includes(0) &&
    lines.every(({ text }) => behind(text) === classes);
  const hints = [
    [
      lines.some(({ text }) => text.startsWith("#")),
      "remove comments, or write ./ before such a path",
    ],
    [
      lines.every(({ text }) => !/\s/.test(text) && /[,;]/.test(text)),
      "write a first line path,label above such columns",
    ],
    [shifted, LABELS_FROM_1],
  ] as const;
  const hint = hints.find(([applies]) => applies)?.[1];
  return new DataError(
    `Expected a path and a label ${range} in every line of ${file} but found ` +
      someOf(lines.map(({ text, place }) => `"${text}" in ${place}`), count) +
      (hint ? `: ${hint}` : ""),
  );
}

/** Hint for labels that begin at 1. */
export const LABELS_FROM_1 = "if its labels begin at 1, pass --labels-from 1";

/** Reads a file into shared memory. */
async function readShared(file: string): Promise<Uint8Array> {
  try {
    using handle = await Deno.open(file);
    const { size } = await handle.stat();
    const bytes = sharedBytes(size);
    let length = 0;
    while (length < size) {
      const read = handle.readSync(bytes.subarray(length));
      if (read === null) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } catch (cause) {
    throw new DataError(
      `Expected a list of images at ${file} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end < 0 ? bytes.length : end;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
