/**
 * How uneven numbers are, whatever their size.
 *
 * @module
 */

/**
 * Standard deviation over the size of the mean, σ/|μ|: 0 where all values are equal. Multiplying all of them changes
 * nothing, so that weights of batch norm and of NBN, and strengths of features, can be compared by shape alone.
 *
 * @param values The values, for instance the weights of a norm layer; at least one.
 * @returns The coefficient of variation, with the deviation over all values (1/n).
 * @throws {RangeError} If there is no value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([[1, 5], [10, 50], [3, 3]].map(coefficientOfVariation), [2 / 3, 2 / 3, 0]);
 * ```
 */
export function coefficientOfVariation(values: ArrayLike<number>): number {
  const numbers = Array.from(values), { length } = numbers;
  if (length === 0) throw new RangeError("Expected at least one value but found none");
  const mean = numbers.reduce((sum, value) => sum + value, 0) / length;
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length;
  return Math.sqrt(variance) / Math.abs(mean);
}
