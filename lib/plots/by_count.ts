/**
 * Classes in the order of a long tail.
 *
 * @module
 */

/**
 * Classes by their number of training images, the largest first; of equals the one that comes first.
 *
 * @param counts Training images of each class.
 * @returns The classes, from 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(byCount([5, 500, 50]), [1, 2, 0]);
 * ```
 */
export function byCount(counts: readonly number[]): number[] {
  return counts.map((_, label) => label).sort((a, b) => counts[b] - counts[a] || a - b);
}
