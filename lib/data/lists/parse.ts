/**
 * Lines of `path label`, read as bytes.
 *
 * @module
 */
import { sharedPlaces } from "../paths.ts";

/** What the lines of a list say. */
export interface ListLines {
  /** Where in the file each path begins. */
  readonly starts: Uint32Array;
  /** Where it ends. */
  readonly ends: Uint32Array;
  /** Label of each image. */
  readonly labels: Int32Array;
  /** Where in the file the lines begin that are not a path and a label. */
  readonly malformed: readonly number[];
}

const TAB = 9, NEWLINE = 10, RETURN = 13, SPACE = 32, ZERO = 48, NINE = 57;
/** More digits would not fit into a label. */
const MOST_DIGITS = 9;
/** What some editors put in front of a text. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Reads the lines of a list in one pass, without making a string of any. Empty lines are left out; a path may hold
 * spaces.
 *
 * @param bytes The whole file.
 * @param classes Labels have to be below it.
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
export function parseList(bytes: Uint8Array, classes = Infinity): ListLines {
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
      let label = 0, digits = to;
      while (digits > from && bytes[digits - 1] >= ZERO && bytes[digits - 1] <= NINE) digits--;
      for (let i = digits; i < to; i++) label = 10 * label + bytes[i] - ZERO;
      let end = digits;
      while (end > from && isBlank(bytes[end - 1])) end--;
      const whole = digits < to && to - digits <= MOST_DIGITS && end > from && end < digits;
      if (whole && label < classes) {
        starts[images] = from;
        ends[images] = end;
        labels[images++] = label;
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
