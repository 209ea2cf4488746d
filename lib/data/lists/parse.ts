/**
 * Lines of `path label`, read as bytes.
 *
 * @module
 */
import { normalName } from "../class_names.ts";
import { endingOf } from "../files/names.ts";
import { kindOfEnding } from "../images/kind.ts";
import { sharedPlaces } from "../paths.ts";

/** What the lines of a list say. */
export interface ListLines {
  /** Where in the file each path begins. */
  readonly starts: Uint32Array;
  /** Where it ends. */
  readonly ends: Uint32Array;
  /** Label of each image, from 0; where labels are names, the place of its name. */
  readonly labels: Int32Array;
  /** The names, in the order in which they come, where labels are names. */
  readonly names?: readonly string[];
  /** Where in the file the lines begin that are not a path and a label. */
  readonly malformed: readonly number[];
}

/** What labels are. */
export interface LabelRange {
  /**
   * Number of classes.
   *
   * @default {Infinity}
   */
  readonly classes?: number;
  /**
   * The first label.
   *
   * @default {0}
   */
  readonly labelsFrom?: number;
}

const TAB = 9, NEWLINE = 10, RETURN = 13, SPACE = 32, HASH = 35, ZERO = 48, NINE = 57;
/** More digits would not fit into a label. */
const MOST_DIGITS = 9;
/** What some editors put in front of a text. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Reads the lines of a list in one pass, without making a string of any. Empty lines are left out; a path may hold
 * spaces. Lines that begin with `#` are malformed.
 *
 * @param bytes The whole file.
 * @param range How many classes there are, and the first label.
 * @returns Paths, as places in the file, and labels.
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
    const whole = digits < to && to - digits <= MOST_DIGITS && label >= 0 && label < classes;
    return whole ? { label, begin: digits } : undefined;
  });
}

/**
 * Reads the lines of a list whose labels are names of classes: what stands behind a path that ends as one of an image
 * does, so that names may hold spaces; or else behind the last blank.
 *
 * @param bytes The whole file.
 * @returns Paths, as places in the file, and names.
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
  const places = new Map<string, number>();
  const lines = parseLines(bytes, (from, to) => {
    const line = decoder.decode(bytes.subarray(from, to));
    const blanks = [...line.matchAll(/\s+/g)];
    const blank = blanks.find(({ index }) => isImage(line.slice(0, index))) ?? blanks.at(-1);
    if (!blank) return undefined;
    const begin = blank.index + blank[0].length, name = normalName(line.slice(begin));
    if (!isClassName(name)) return undefined;
    const label = places.get(name) ?? places.size;
    places.set(name, label);
    return { label, begin: from + encoder.encode(line.slice(0, begin)).length };
  });
  return { ...lines, names: [...places.keys()] };
}

/**
 * Whether a label can be the name of a class: neither a number, nor a file.
 *
 * @param text The label.
 * @returns Whether it can.
 */
export function isClassName(text: string): boolean {
  return text !== "" && Number.isNaN(Number(text)) && !isImage(text);
}

/** Whether a text ends as the path of an image does. */
function isImage(text: string): boolean {
  return kindOfEnding(endingOf(text)) !== undefined;
}

/** Goes through the lines; a function finds the label in each, and where it begins. */
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
 * Number of the line that a byte stands in.
 *
 * @param bytes The whole file.
 * @param place Which byte.
 * @returns From 1.
 */
export function lineAt(bytes: Uint8Array, place: number): number {
  return lineCount(bytes.subarray(0, place));
}

/** Line breaks and one more. */
function lineCount(bytes: Uint8Array): number {
  let count = 1;
  for (let i = bytes.indexOf(NEWLINE); i >= 0; i = bytes.indexOf(NEWLINE, i + 1)) count++;
  return count;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === RETURN;
}
