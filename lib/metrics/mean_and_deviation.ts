/**
 * Mean and standard deviation over seeds.
 *
 * @module
 */

/** Mean and standard deviation. */
export interface MeanAndDeviation {
  /** Arithmetic mean. */
  readonly mean: number;
  /** Sample standard deviation (n − 1); 0 for a single value. */
  readonly deviation: number;
}

/**
 * Computes mean and sample standard deviation.
 *
 * @param values Numbers, or `null` for missing values.
 * @returns Both, or `null` if a value is missing or there are no values.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(meanAndDeviation([1, 3]), { mean: 2, deviation: Math.SQRT2 });
 * assertEquals(meanAndDeviation([null, 3]), null);
 * ```
 */
export function meanAndDeviation(values: readonly (number | null)[]): MeanAndDeviation | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0 || known.length < values.length) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, known.length - 1)) };
}
