/**
 * Order of classes by frequency.
 *
 * @module
 */

/**
 * Sorts classes by number of training images in descending order; ties keep the order of the classes.
 *
 * @param counts Number of training images per class.
 * @returns The classes, numbered from 0.
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
