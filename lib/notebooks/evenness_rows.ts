/**
 * Table rows on the evenness of weights and features.
 *
 * @module
 */
import { coefficientOfVariation } from "../analysis/coefficient_of_variation.ts";
import { type FeatureStatistics, statisticVariance } from "../analysis/feature_statistics.ts";
import type { WeightCurve } from "../analysis/weight_curve.ts";

/** Input for one row. */
export interface Strengths {
  /** Weights of the last norm layer, from {@linkcode weightCurve}; optional. */
  readonly curve?: Pick<WeightCurve, "weights">;
  /** Strength of each channel, from {@linkcode featureStatistics}. */
  readonly statistics: FeatureStatistics;
}

/** A row of {@linkcode evennessRows}. */
export type EvennessRow = Readonly<Record<string, string | number>>;

/** Table XVI of the paper: ResNet-50 on ImageNet-LT. */
const PAPER: readonly EvennessRow[] = [
  { run: "paper, CE", "variance of means": 0.04, "variance of deviations": 0.152 },
  { run: "paper, NBN", "variance of means": 0.028, "variance of deviations": 0.074 },
];

/**
 * Tabulates the variances over channels of the means and deviations of features (paper, equations 5 and 6), the same
 * divided by the squared mean, which is independent of scale, and the coefficient of variation of the last norm layer's
 * weights, for {@linkcode show}.
 *
 * @param runs Weights and feature statistics, keyed by run name.
 * @returns One row per run, then the rows of the paper's Table XVI.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { evennessRows } from "@nbn/toolkit/notebooks";
 *
 * const mean = Float64Array.of(1, 3), deviation = Float64Array.of(2, 2), variance = Float64Array.of(4, 4);
 * const [row] = evennessRows({ ce: { statistics: { mean, deviation, variance } } });
 * assertEquals([row["variance of means"], row["means, relative"], row["deviations, relative"]], [1, 0.25, 0]);
 * ```
 */
export function evennessRows(runs: Readonly<Record<string, Strengths>>): EvennessRow[] {
  const rows = Object.entries(runs).map(([run, { curve, statistics }]) => {
    const { ofMeans, ofDeviations } = statisticVariance(statistics);
    return {
      run,
      ...(curve && { "γ, deviation / mean": coefficientOfVariation(curve.weights) }),
      "variance of means": ofMeans,
      "variance of deviations": ofDeviations,
      "means, relative": coefficientOfVariation(statistics.mean) ** 2,
      "deviations, relative": coefficientOfVariation(statistics.deviation) ** 2,
    };
  });
  return [...rows, ...PAPER];
}
