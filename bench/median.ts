/**
 * Median of numbers.
 *
 * @module
 */

/**
 * Computes the median.
 *
 * @param values Numbers, in any order.
 * @returns The median, for an even count the upper one of the two middle values; NaN if there are no values.
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
