/**
 * Paragraphs of `--help`.
 *
 * @module
 */

/** Width of the lines of `--help`. */
export const WIDTH = 96;

/**
 * A name and, in a column beside it, words that go on below each other.
 *
 * @param name What stands to the left, indentation included.
 * @param text The words.
 * @param column Where they begin.
 * @returns Lines of at most {@linkcode WIDTH} characters, unless a word is longer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wrapped("--flag", "what it does", 10), "--flag    what it does");
 * ```
 */
export function wrapped(name: string, text: string, column: number): string {
  const lines = [name.length < column ? name.padEnd(column) : `${name} `];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last.length + word.length > WIDTH && last.trim() !== "") {
      lines.push(`${" ".repeat(column)}${word} `);
    } else lines[lines.length - 1] = `${last}${word} `;
  }
  return lines.map((line) => line.trimEnd()).join("\n");
}
