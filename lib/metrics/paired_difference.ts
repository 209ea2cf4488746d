/**
 * Difference of two methods over the same seeds, with a confidence interval.
 *
 * @module
 */
import { meanAndDeviation } from "./mean_and_deviation.ts";
import { criticalT } from "./student_t.ts";

/** A mean over seeds and how well it is known. */
export interface Estimate {
  /** Arithmetic mean. */
  readonly mean: number;
  /** Number of values. */
  readonly count: number;
  /** Standard error of the mean, s / √n; `null` for a single value. */
  readonly standardError: number | null;
  /** Confidence interval of the mean by Student's t distribution; `null` for a single value. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** Options of {@linkcode estimateMean} and {@linkcode pairedDifference}. */
export interface EstimateOptions {
  /**
   * Probability with which such intervals contain the true mean, in [0, 1).
   *
   * @default {0.95}
   */
  readonly confidence?: number;
}

/**
 * Estimates the mean of a normally distributed quantity.
 *
 * @param values Independent values, at least one.
 * @param options Confidence.
 * @returns Mean, standard error and interval.
 * @throws {RangeError} If there is no value, one is not finite, or the confidence is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { estimateMean } from "@nbn/toolkit/metrics";
 *
 * const { mean, standardError } = estimateMean([1, 3]);
 * assertEquals([mean, standardError], [2, 1]);
 * assertEquals(estimateMean([5]).interval, null);
 * ```
 */
export function estimateMean(
  values: readonly number[],
  { confidence = 0.95 }: EstimateOptions = {},
): Estimate {
  const unfit = values.find((value) => !Number.isFinite(value));
  if (values.length === 0 || unfit !== undefined) {
    throw new RangeError(`Expected at least one finite value but found ${unfit ?? "none"}`);
  }
  const { mean, deviation } = meanAndDeviation(values)!, count = values.length;
  if (count === 1) return { mean, count, standardError: null, interval: null };
  const standardError = deviation / Math.sqrt(count);
  const half = criticalT(confidence, count - 1) * standardError;
  return { mean, count, standardError, interval: [mean - half, mean + half] };
}

/**
 * Estimates the gain of a method over another from trainings with the same seeds. Pairing removes what a seed does to
 * both: the images that a long tail keeps, initial parameters, order of the batches.
 *
 * @param after Results of the method by seed.
 * @param before Results of the other by seed.
 * @param options Confidence.
 * @returns Mean of the differences over the seeds of both, with its interval; `null` without a common seed.
 * @throws {RangeError} If a result is not finite or the confidence is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pairedDifference } from "@nbn/toolkit/metrics";
 *
 * const ce = new Map([[0, 48], [1, 50], [2, 49]]), nbn = new Map([[0, 50], [1, 51]]);
 * const { mean, count } = pairedDifference(nbn, ce)!;
 * assertEquals([mean, count], [1.5, 2]);
 * ```
 */
export function pairedDifference(
  after: ReadonlyMap<number, number>,
  before: ReadonlyMap<number, number>,
  options?: EstimateOptions,
): Estimate | null {
  const differences = [...after].filter(([seed]) => before.has(seed))
    .map(([seed, value]) => value - before.get(seed)!);
  return differences.length === 0 ? null : estimateMean(differences, options);
}
