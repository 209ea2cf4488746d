/**
 * Abbreviates long enumerations in error messages.
 *
 * @module
 */

/** Number of items shown. */
export const SHOWN = 3;

/**
 * Joins the first few items and adds the number of remaining ones.
 *
 * @param shown The items, or at least the first few of them.
 * @param count Total number of items.
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
