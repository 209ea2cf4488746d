/**
 * Equalization loss of regions.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { expectRange } from "../../core/expect_range.ts";
import { type RegionLoss, weightedMean } from "./region_loss.ts";

/** Options of {@linkcode regionEql}. */
export interface RegionEqlOptions {
  /**
   * Share of the images below which a class is rare (λ). The paper's 0.00177 is that of the rare and common classes of
   * LVIS v0.5; in LVIS v1 it would also spare 79 frequent classes.
   *
   * @default {0.001, the rare and common classes of LVIS v1}
   */
  readonly threshold?: number;
}

/** Initial score of every class, so that the many background regions cost little. */
const PRIOR = 0.001;

/**
 * Sigmoid equalization loss of regions, with `classes` logits: binary cross-entropies summed over classes, with the
 * weight 1 − E(r) · [f_j < λ] · (1 − y_j). A rare class is not suppressed by regions of other classes, E(r) = 1, but is
 * by background, E(r) = 0. The score of background is 0.
 *
 * Source: Tan et al. 2020, Equalization Loss for Long-Tailed Object Recognition, equation 3, and its authors' code.
 *
 * @param shares Share of the annotated images that show each class (f_j), from 0 to 1.
 * @param options λ.
 * @returns The loss; it has no state.
 * @throws {RangeError} If a share or λ is not from 0 to 1.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { regionEql } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const logits = tf.tensor2d([[1, -2, 0.5], [0.3, 0.1, -0.4]]), labels = tf.tensor1d([0, 3], "int32");
 * const eql = regionEql([0.5, 0.01, 0.0005], { threshold: 0.00177 });
 * const { loss } = eql.apply({}, logits, labels, tf.ones([2]));
 * assertAlmostEquals(loss.dataSync()[0], 1.2759784, 1e-6);
 * ```
 */
export function regionEql(
  shares: readonly number[],
  { threshold = 0.001 }: RegionEqlOptions = {},
): RegionLoss {
  expectRange("from 0 to 1", { threshold });
  for (const share of shares) expectRange("from 0 to 1", { share });
  const classes = shares.length;
  const rare = shares.map((share) => share < threshold ? 1 : 0);
  return {
    classes,
    logits: classes,
    bias: -Math.log((1 - PRIOR) / PRIOR),
    init: () => ({}),
    apply(state, logits, labels, weights) {
      // Background, of label `classes`, equals none.
      const order = tf.range(0, classes, 1, "int32").expandDims(0);
      const hot = labels.expandDims(1).equal(order).toFloat();
      const foreground = hot.sum(1, true);
      const spared = foreground.mul(tf.tensor2d(rare, [1, classes])).mul(tf.sub(1, hot));
      // Logits of the wrong answers: −z for the true class, z for the others.
      const entropies = logits.mul(tf.sub(1, hot.mul(2))).softplus().mul(tf.sub(1, spared));
      return { loss: weightedMean(entropies.sum(1), weights), state };
    },
    scores: (logits) => tf.sigmoid(logits),
  };
}
