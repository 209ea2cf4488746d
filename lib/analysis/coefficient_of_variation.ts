/**
 * Coefficient of variation.
 *
 * @module
 */

/**
 * Computes the coefficient of variation σ/|μ|, which is 0 if all values are equal. It is invariant to scaling, so that
 * weights of batch norm and NBN, and strengths of features, can be compared independently of their magnitude.
 *
 * @param values At least one value, for instance the weights of a norm layer.
 * @returns The coefficient of variation, with the population standard deviation (1/n).
 * @throws {RangeError} If there is no value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { coefficientOfVariation } from "@nbn/toolkit/analysis";
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
