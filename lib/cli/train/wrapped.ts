/**
 * Wrapped descriptions in `--help`.
 *
 * @module
 */
import { wordWrap } from "../word_wrap.ts";

/** Maximum number of characters in a line of `--help`. */
export const WIDTH = 96;

/**
 * Formats a name with its description, wrapped in a column beside it.
 *
 * @param name Text to the left of the column, including its indentation.
 * @param text The description.
 * @param column Offset of the column, in characters.
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
