/**
 * Statistics of each channel of a feature over a data set.
 *
 * @module
 */
import { expectMatrix } from "../core/shape.ts";
import type { Feature } from "./collect_features.ts";

/** Statistics of each channel over all images and, if the feature has them, over all spatial positions. */
export interface FeatureStatistics {
  /** Mean m_c of each channel. */
  readonly mean: Float64Array;
  /** Standard deviation s_c of each channel: √(mean of (x − m_c)²). */
  readonly deviation: Float64Array;
  /** Variance s_c² of each channel. */
  readonly variance: Float64Array;
}

/**
 * Computes mean and standard deviation of each channel over a data set. The paper does so for the pooled embedding over
 * the test set (section IV-D, Figure 6).
 *
 * @param feature Feature from {@linkcode collectFeatures}.
 * @returns The statistics, one value per channel.
 * @throws {RangeError} If the values are not a whole number of rows of the channels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { featureStatistics } from "@nbn/toolkit/analysis";
 *
 * const embedding = { shape: [2], values: Float32Array.of(1, 5, 3, 5) };
 * const { mean, deviation } = featureStatistics(embedding);
 * assertEquals([[...mean], [...deviation]], [[2, 5], [1, 0]]);
 * ```
 */
export function featureStatistics(
  { shape, values }: Pick<Feature, "shape" | "values">,
): FeatureStatistics {
  const channels = shape[shape.length - 1];
  const rows = values.length / channels;
  expectMatrix(values, rows, channels, "values");
  const mean = new Float64Array(channels), variance = new Float64Array(channels);
  for (let i = 0; i < values.length; i++) mean[i % channels] += values[i] / rows;
  for (let i = 0; i < values.length; i++) {
    variance[i % channels] += (values[i] - mean[i % channels]) ** 2 / rows;
  }
  return { mean, deviation: variance.map(Math.sqrt), variance };
}

/** Variances of the statistics over channels. */
export interface StatisticVariance {
  /** Variance over channels of their means m_c (paper, equation 5). */
  readonly ofMeans: number;
  /** Variance over channels of their deviations s_c (paper, equation 6). */
  readonly ofDeviations: number;
  /** Variance over channels of their variances s_c², the alternative reading of equation 6. */
  readonly ofVariances: number;
}

/**
 * Computes the variance over channels of their means and of their deviations (paper, equations 5 and 6, Table XVI). The
 * smaller it is, the more even the strengths of the features.
 *
 * @param statistics Statistics from {@linkcode featureStatistics}.
 * @returns The variances, (1/C)·Σ(x_c − x̄)².
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { featureStatistics, statisticVariance } from "@nbn/toolkit/analysis";
 *
 * const statistics = featureStatistics({ shape: [2], values: Float32Array.of(1, 5, 3, 5) });
 * assertEquals(statisticVariance(statistics), { ofMeans: 2.25, ofDeviations: 0.25, ofVariances: 0.25 });
 * ```
 */
export function statisticVariance(
  { mean, deviation, variance }: FeatureStatistics,
): StatisticVariance {
  return {
    ofMeans: varianceOf(mean),
    ofDeviations: varianceOf(deviation),
    ofVariances: varianceOf(variance),
  };
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
}
