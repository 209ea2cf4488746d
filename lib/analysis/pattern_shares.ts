/**
 * In how many layers pattern A prevails.
 *
 * @module
 */
import type { GradientSigns, MagnitudeHistory } from "./magnitude_history.ts";

/** Share of the steps with ĝ < 0, pattern A, over the layers of a network. Shares are from 0 to 1. */
export interface PatternShare {
  /** Number of layers. */
  readonly layers: number;
  /** Mean over the layers. */
  readonly mean: number;
  /** Of the layer with the smallest share. */
  readonly least: number;
  /** Of the layer with the largest share. */
  readonly most: number;
  /** Layers in which it is above a half: there the magnitude grows more often than not, and the vector evens out. */
  readonly prevailing: number;
}

/** What {@linkcode patternShares} returns. */
export interface PatternShares {
  /** Of the directions of weights, v. */
  readonly v: PatternShare;
  /** Of the directions of biases, u. */
  readonly u: PatternShare;
}

/**
 * Counts how often ĝ was below 0 (paper, equation 3, pattern A), for the weights and for the biases of the NBN layers.
 * That it prevails is the paper's central claim.
 *
 * @param history From {@linkcode magnitudeHistory}.
 * @returns The shares.
 * @throws {RangeError} If the log has no sign of a weight or of a bias, as without NBN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const signs = [["weight", 0.75], ["bias", 0.5]] as const;
 * const { v, u } = patternShares({
 *   signs: signs.map(([vector, patternA]) => ({ path: `bn2/${vector}`, patternA, patternB: 0, recent: [] })),
 * });
 * assertEquals([v.mean, v.prevailing, u.prevailing], [0.75, 1, 0]);
 * ```
 */
export function patternShares({ signs }: Pick<MagnitudeHistory, "signs">): PatternShares {
  return { v: shareOf(signs, "weight"), u: shareOf(signs, "bias") };
}

function shareOf(signs: readonly GradientSigns[], vector: "weight" | "bias"): PatternShare {
  const shares = signs.filter(({ path }) => path.endsWith(`/${vector}`))
    .map(({ patternA }) => patternA);
  if (shares.length === 0) {
    throw new RangeError(
      `Expected the log of a training with NBN but found no gradient of a ${vector}: train with nbn()`,
    );
  }
  return {
    layers: shares.length,
    mean: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    least: Math.min(...shares),
    most: Math.max(...shares),
    prevailing: shares.filter((share) => share > 0.5).length,
  };
}
