/**
 * Prevalence of pattern A over layers.
 *
 * @module
 */
import type { GradientSigns, MagnitudeHistory } from "./magnitude_history.ts";

/** Fraction of steps with ĝ < 0 (pattern A), summarised over the layers of a network. Fractions are in [0, 1]. */
export interface PatternShare {
  /** Number of layers. */
  readonly layers: number;
  /** Mean over the layers. */
  readonly mean: number;
  /** Minimum over the layers. */
  readonly min: number;
  /** Maximum over the layers. */
  readonly max: number;
  /** Number of layers with a fraction above 0.5, where the magnitude mostly grows and the vector becomes more even. */
  readonly prevailing: number;
}

/** Result of {@linkcode patternShares}. */
export interface PatternShares {
  /** For the weight directions v. */
  readonly v: PatternShare;
  /** For the bias directions u. */
  readonly u: PatternShare;
}

/**
 * Summarises how often ĝ was below 0 (paper, equation 3, pattern A), separately for weights and biases of the NBN
 * layers. That pattern A prevails is the paper's central claim.
 *
 * @param history History from {@linkcode magnitudeHistory}.
 * @returns The summaries for weights and biases.
 * @throws {RangeError} If the log has no gradient signs of weights or of biases, as for a training without NBN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { patternShares } from "@nbn/toolkit/analysis";
 *
 * const signs = [["weight", 0.75], ["bias", 0.5]] as const;
 * const { v, u } = patternShares({
 *   signs: signs.map(([vector, patternA]) => ({ path: `bn2/${vector}`, patternA, patternB: 0, recent: [] })),
 * });
 * assertEquals([v.mean, v.prevailing, u.prevailing], [0.75, 1, 0]);
 * ```
 */
export function patternShares({ signs }: Pick<MagnitudeHistory, "signs">): PatternShares {
  return { v: fractionOf(signs, "weight"), u: fractionOf(signs, "bias") };
}

function fractionOf(signs: readonly GradientSigns[], vector: "weight" | "bias"): PatternShare {
  const fractions = signs.filter(({ path }) => path.endsWith(`/${vector}`))
    .map(({ patternA }) => patternA);
  if (fractions.length === 0) {
    throw new RangeError(
      `Expected the log of a training with NBN but found no gradient of a ${vector}: train with nbn()`,
    );
  }
  return {
    layers: fractions.length,
    mean: fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length,
    min: Math.min(...fractions),
    max: Math.max(...fractions),
    prevailing: fractions.filter((share) => share > 0.5).length,
  };
}
