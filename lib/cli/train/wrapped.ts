/**
 * Paragraphs of `--help`.
 *
 * @module
 */
import { wordWrap } from "../word_wrap.ts";

/** Width of the lines of `--help`. */
export const WIDTH = 96;

/**
 * A name and, in a column beside it, words that go on below each other.
 *
 * @param name What stands to the left, indentation included.
 * @param text The words.
 * @param column Where they begin.
 * @returns Lines of at most {@linkcode WIDTH} characters, unless the name is longer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wrapped("--flag", "what it does", 10), "--flag    what it does");
 * ```
 */
export function wrapped(name: string, text: string, column: number): string {
  const start = name.length < column ? name.padEnd(column) : `${name} `;
  const [first, ...others] = wordWrap(text, WIDTH - column, Math.max(0, WIDTH - start.length));
  return [start + first, ...others.map((line) => " ".repeat(column) + line)]
    .map((line) => line.trimEnd()).join("\n");
}
