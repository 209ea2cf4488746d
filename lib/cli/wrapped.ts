/**
 * Texts in lines of a limited width.
 *
 * @module
 */

/**
 * Breaks a text between words into lines. A word that is longer than a line is broken within.
 *
 * @param text Words with single spaces between them.
 * @param width Characters in a line, at least 1.
 * @returns The lines, at least one.
 * @throws {RangeError} If the width is not an integer of at least 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wrapped("one learned factor for each class", 12), ["one learned", "factor for", "each class"]);
 * assertEquals(wrapped("unbreakable", 6), ["unbrea", "kable"]);
 * ```
 */
export function wrapped(text: string, width: number): string[] {
  if (!Number.isSafeInteger(width) || width < 1) {
    throw new RangeError(`Expected width to be an integer of at least 1 but found ${width}`);
  }
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1];
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
    while (lines[lines.length - 1].length > width) {
      const long = lines[lines.length - 1];
      lines.splice(-1, 1, long.slice(0, width), long.slice(width));
    }
  }
  return lines;
}
