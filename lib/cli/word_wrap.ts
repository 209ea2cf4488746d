/**
 * Word wrapping.
 *
 * @module
 */

/**
 * Wraps a text at spaces. A word that is longer than a line is broken.
 *
 * @param text Words with single spaces between them.
 * @param width Maximum number of characters in a line, at least 1; may be infinite.
 * @param first Maximum number of characters in the first line, if other text precedes it; 0 leaves it empty.
 * @returns The lines, at least one.
 * @throws {RangeError} If the width is neither an integer of at least 1 nor infinite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wordWrap("one factor for each class", 12), ["one factor", "for each", "class"]);
 * assertEquals(wordWrap("one factor for each class", 12, 5), ["one", "factor for", "each class"]);
 * assertEquals(wordWrap("unbreakable", 6), ["unbrea", "kable"]);
 * ```
 */
export function wordWrap(text: string, width: number, first = width): string[] {
  if (width !== Infinity && !(Number.isSafeInteger(width) && width >= 1)) {
    throw new RangeError(`Expected width to be an integer of at least 1 but found ${width}`);
  }
  const lines = [""];
  let room = first;
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1];
    const longer = line === "" ? word : `${line} ${word}`;
    // A short first line stays empty rather than break a word that fits into the next.
    if (longer.length <= room || (line === "" && room === width)) lines[lines.length - 1] = longer;
    else {
      lines.push(word);
      room = width;
    }
    for (let long = lines[lines.length - 1]; long.length > room; long = lines[lines.length - 1]) {
      lines.splice(-1, 1, long.slice(0, room), long.slice(room));
    }
  }
  return lines;
}
