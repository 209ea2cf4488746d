/**
 * How even the channels of an analysed run are.
 *
 * @module
 */
import { coefficientOfVariation } from "./coefficient_of_variation.ts";
import type { RunAnalysis } from "./run/run_analysis.ts";

/** Evenness of the channels before the classifier; `undefined` for what an analysis does not contain. */
export interface ChannelEvenness {
  /** Variance over channels of the means of features (paper, equation 5). */
  readonly varianceOfMeans?: number;
  /** Variance over channels of the deviations of features (paper, equation 6). */
  readonly varianceOfDeviations?: number;
  /** Variance of the means divided by their squared mean, which is independent of the size of features. */
  readonly relativeMeans?: number;
  /** Variance of the deviations divided by their squared mean. */
  readonly relativeDeviations?: number;
  /** Length of γ of the last norm layer. */
  readonly weightLength?: number;
  /** Length of β of the last norm layer. */
  readonly biasLength?: number;
  /** Variance over channels of γ of the last norm layer. */
  readonly weightVariance?: number;
  /** Variance over channels of β of the last norm layer. */
  readonly biasVariance?: number;
  /** Mean strength of rare-specific channels divided by that of frequent-specific ones. */
  readonly rareOverFrequent?: number;
}

/**
 * Measures how even the channels of an analysed run are.
 *
 * @param analysis From {@linkcode readAnalysis}.
 * @returns The measures that the analysis has the parts for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { channelEvenness, readAnalysis } from "@nbn/toolkit/analysis";
 *
 * const analysis = await readAnalysis("data/results/cifar10-lt-100-ce-seed0");
 * assertEquals(analysis && channelEvenness(analysis).varianceOfMeans, analysis?.features?.variances.ofMeans);
 * ```
 */
export function channelEvenness(
  { features, weights, masking }: Pick<RunAnalysis, "features" | "weights" | "masking">,
): ChannelEvenness {
  const norm = weights?.norms?.findLast(({ path }) => path === weights.curve.path);
  return {
    varianceOfMeans: features?.variances.ofMeans,
    varianceOfDeviations: features?.variances.ofDeviations,
    relativeMeans: features && coefficientOfVariation(features.statistics.mean) ** 2,
    relativeDeviations: features && coefficientOfVariation(features.statistics.deviation) ** 2,
    weightLength: norm?.weightLength,
    biasLength: norm?.biasLength,
    weightVariance: norm?.weightVariance,
    biasVariance: norm?.biasVariance,
    rareOverFrequent: rareOverFrequent({ features, masking }),
  };
}

function rareOverFrequent(
  { features, masking }: Pick<RunAnalysis, "features" | "masking">,
): number | undefined {
  if (!features || !masking) return undefined;
  const { rareSpecific, frequentSpecific } = masking.groups;
  if (rareSpecific.length === 0 || frequentSpecific.length === 0) return undefined;
  const strength = (channels: readonly number[]) =>
    channels.reduce((sum, channel) => sum + features.statistics.mean[channel], 0) / channels.length;
  return strength(rareSpecific) / strength(frequentSpecific);
}
