/**
 * Sentence that compares the evenness of two networks' features.
 *
 * @module
 */
import { coefficientOfVariation } from "../analysis/coefficient_of_variation.ts";
import type { FeatureStatistics } from "../analysis/feature_statistics.ts";
import { fixed, type Prose, prose } from "../plots/prose.ts";

/**
 * Compares the evenness of two networks' features independently of scale: by the variances over channels of means and
 * deviations (paper, equations 5 and 6), each divided by its squared mean.
 *
 * @param statistics Statistics from {@linkcode featureStatistics}, keyed by run name.
 * @param run Name of the run to judge.
 * @param against Name of the run to compare with.
 * @returns A sentence.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { evennessSentence } from "@nbn/toolkit/notebooks";
 *
 * const strength = (...values: number[]) => {
 *   const mean = Float64Array.from(values);
 *   return { mean, deviation: mean, variance: mean.map((x) => x ** 2) };
 * };
 * assertEquals(
 *   evennessSentence({ CE: strength(1, 3), NBN: strength(10, 10) }, "NBN", "CE").text,
 *   'By shape alone the features of "NBN" are more even than those of "CE": over the squared mean the variance of the ' +
 *     "means is 0.00 times and that of the deviations 0.00 times as large.",
 * );
 * ```
 */
export function evennessSentence(
  statistics: Readonly<Record<string, FeatureStatistics>>,
  run: string,
  against: string,
): Prose {
  for (const name of [run, against]) {
    if (!Object.hasOwn(statistics, name)) {
      throw new RangeError(
        `Expected statistics of "${name}" but found those of ${
          Object.keys(statistics).join(", ") || "none"
        }`,
      );
    }
  }
  const times = (of: "mean" | "deviation") => {
    const [one, other] = [run, against].map((name) => coefficientOfVariation(statistics[name][of]));
    return (one / other) ** 2;
  };
  const means = times("mean"), deviations = times("deviation");
  const verdict = Math.max(means, deviations) < 1
    ? "more even than"
    : Math.min(means, deviations) > 1
    ? "less even than"
    : "in part more, in part less even than";
  const [ofMeans, ofDeviations] = [fixed(means, 2), fixed(deviations, 2)];
  return prose`By shape alone the features of "${run}" are ${verdict} those of "${against}": over the squared mean
    the variance of the means is ${ofMeans} times and that of the deviations ${ofDeviations} times as large.`;
}
