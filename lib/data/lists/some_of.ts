/**
 * A few of many, for messages of one line.
 *
 * @module
 */

/** How many are shown. */
export const SHOWN = 3;

/**
 * Joins the first few of some findings and tells how many more there are.
 *
 * @param shown The findings, or at least the first few of them.
 * @param count How many there are in all.
 * @returns For instance `a; b; c; and 4 more`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(someOf(["a", "b"]), "a; b");
 * assertEquals(someOf(["a", "b", "c", "d", "e"]), "a; b; c; and 2 more");
 * ```
 */
export function someOf(shown: readonly unknown[], count = shown.length): string {
  const first = shown.slice(0, SHOWN).join("; ");
  return count > SHOWN ? `${first}; and ${count - SHOWN} more` : first;
}
