/**
 * Parses lines of `path label` as bytes.
 *
 * @module
 */
import { normalName } from "../class_names.ts";
import { endingOf } from "../files/names.ts";
import { kindOfEnding } from "../images/kind.ts";
import { sharedPlaces } from "../paths.ts";

/** Parsed lines of a list. */
export interface ListLines {
  /** Byte offset at which each path begins, inclusive. */
  readonly starts: Uint32Array;
  /** Byte offset at which each path ends, exclusive. */
  readonly ends: Uint32Array;
  /** Label of each image, from 0; if labels are names, the index into `names`. */
  readonly labels: Int32Array;
  /** Class names in order of first occurrence, if labels are names. */
  readonly names?: readonly string[];
  /** Byte offsets of malformed lines. */
  readonly malformed: readonly number[];
}

/** Range of valid labels. */
export interface LabelRange {
  /**
   * Number of classes.
   *
   * @default {Infinity}
   */
  readonly classes?: number;
  /**
   * Label of the first class.
   *
   * @default {0}
   */
  readonly labelsFrom?: number;
}

const TAB = 9, NEWLINE = 10, RETURN = 13, SPACE = 32, HASH = 35, ZERO = 48, NINE = 57;
/** Maximum number of digits of a label that fits into 32 bits. */
const MAX_DIGITS = 9;
/** UTF-8 byte order mark. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Parses the lines of a list in one pass, without creating strings. Empty lines are skipped; a path may contain spaces.
 * Lines that begin with `#` are malformed.
 *
 * @param bytes The whole file.
 * @param range Number of classes, and label of the first class.
 * @returns Byte offsets of paths, and labels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { starts, ends, labels, malformed } = parseList(new TextEncoder().encode("my cat.jpg 3\nnonsense\n"));
 * assertEquals([[...starts], [...ends], [...labels], malformed], [[0], [10], [3], [13]]);
 * ```
 */
export function parseList(
  bytes: Uint8Array,
  { classes = Infinity, labelsFrom = 0 }: LabelRange = {},
): ListLines {
  return parseLines(bytes, (from, to) => {
    let label = 0, digits = to;
    while (digits > from && bytes[digits - 1] >= ZERO && bytes[digits - 1] <= NINE) digits--;
    for (let i = digits; i < to; i++) label = 10 * label + bytes[i] - ZERO;
    label -= labelsFrom;
    const whole = digits < to && to - digits <= MAX_DIGITS && label >= 0 && label < classes;
    return whole ? { label, begin: digits } : undefined;
  });
}

/**
 * Parses the lines of a list with class names as labels. The name begins after the first blank that follows an image
 * file extension, so that names may contain spaces, or else after the last blank.
 *
 * @param bytes The whole file.
 * @returns Byte offsets of paths, labels and class names.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const list = new TextEncoder().encode("1.jpg sea lion\n2.jpg cat\n3.jpg sea lion\n4.jpg\n");
 * const { labels, names, malformed } = parseNamedList(list);
 * assertEquals([[...labels], names, malformed], [[0, 1, 0], ["sea lion", "cat"], [40]]);
 * ```
 */
export function parseNamedList(bytes: Uint8Array): ListLines {
  const decoder = new TextDecoder(), encoder = new TextEncoder();
  const labelOf = new Map<string, number>();
  const lines = parseLines(bytes, (from, to) => {
    const line = decoder.decode(bytes.subarray(from, to));
    const blanks = [...line.matchAll(/\s+/g)];
    const blank = blanks.find(({ index }) => isImage(line.slice(0, index))) ?? blanks.at(-1);
    if (!blank) return undefined;
    const begin = blank.index + blank[0].length, name = normalName(line.slice(begin));
    if (!isClassName(name)) return undefined;
    const label = labelOf.get(name) ?? labelOf.size;
    labelOf.set(name, label);
    return { label, begin: from + encoder.encode(line.slice(0, begin)).length };
  });
  return { ...lines, names: [...labelOf.keys()] };
}

/**
 * Tests whether a label is a valid class name: neither a number nor an image file.
 *
 * @param text The label.
 * @returns Whether it is valid.
 */
export function isClassName(text: string): boolean {
  return text !== "" && Number.isNaN(Number(text)) && !isImage(text);
}

/** Whether a text has the extension of an image file. */
function isImage(text: string): boolean {
  return kindOfEnding(endingOf(text)) !== undefined;
}

/** Iterates over lines; `labelIn` parses the label of a line and returns where it begins. */
function parseLines(
  bytes: Uint8Array,
  labelIn: (from: number, to: number) => { label: number; begin: number } | undefined,
): ListLines {
  const lines = lineCount(bytes);
  const starts = sharedPlaces(lines), ends = sharedPlaces(lines), labels = new Int32Array(lines);
  const malformed: number[] = [];
  let images = 0;
  let begin = BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? BYTE_ORDER_MARK.length : 0;
  while (begin < bytes.length) {
    let next = bytes.indexOf(NEWLINE, begin);
    if (next < 0) next = bytes.length;
    let from = begin, to = next;
    while (from < to && isBlank(bytes[from])) from++;
    while (to > from && isBlank(bytes[to - 1])) to--;
    if (from < to) {
      const found = bytes[from] === HASH ? undefined : labelIn(from, to);
      let end = found?.begin ?? from;
      while (end > from && isBlank(bytes[end - 1])) end--;
      if (found && end > from && end < found.begin) {
        starts[images] = from;
        ends[images] = end;
        labels[images++] = found.label;
      } else malformed.push(begin);
    }
    begin = next + 1;
  }
  return {
    starts: starts.subarray(0, images),
    ends: ends.subarray(0, images),
    labels: labels.subarray(0, images),
    malformed,
  };
}

/**
 * Returns the line number of a byte.
 *
 * @param bytes The whole file.
 * @param offset Offset of the byte.
 * @returns The line number, from 1.
 */
export function lineAt(bytes: Uint8Array, offset: number): number {
  return lineCount(bytes.subarray(0, offset));
}

/** Number of line breaks, plus one. */
function lineCount(bytes: Uint8Array): number {
  let count = 1;
  for (let i = bytes.indexOf(NEWLINE); i >= 0; i = bytes.indexOf(NEWLINE, i + 1)) count++;
  return count;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === RETURN;
}
