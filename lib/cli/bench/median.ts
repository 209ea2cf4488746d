/**
 * The middle of some numbers.
 *
 * @module
 */

/**
 * The median.
 *
 * @param values Numbers, in any order.
 * @returns The one in the middle, the upper one of two; NaN of none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(median([9, 1, 5]), 5);
 * ```
 */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
