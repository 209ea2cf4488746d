/**
 * Texts from files, folders and networks that are shown: their control characters could drive a terminal, hide a name
 * or make a drawing unreadable.
 *
 * @module
 */

/** Control characters but line break and tab, and characters that change the direction of the text around them. */
const HIDDEN = /(?![\n\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Writes control characters as their codes.
 *
 * @param text Any text.
 * @returns The text with visible characters, line breaks and tabs only.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(printable("a\u001b[31mb\n"), "a\\x1b[31mb\n");
 * ```
 */
export function printable(text: string): string {
  return text.replace(HIDDEN, (letter) => {
    const code = letter.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, "0")}`;
  });
}
