/**
 * Adaptive logit adjustment.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { detached, oneHot, sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import { expectBatch } from "./batch.ts";
import { expectCounts } from "./counts.ts";
import type { Loss } from "./loss.ts";

/** Options of {@linkcode ala}. */
export interface AlaOptions {
  /**
   * Factor on the cosines, above 0.
   *
   * @default {30}
   */
  readonly scale?: number;
  /**
   * Whether gradients flow through the difficulty factor too, as in one of three public implementations.
   *
   * @default {false}
   */
  readonly differentiateDifficulty?: boolean;
}

/**
 * Cross-entropy of s · (cos − DF · QF_y) for the true class and s · cos for the others: the harder an image
 * and the rarer its class, the larger the margin. Difficulty DF = (1 − cos_y)/2, quantity QF = ln 2 /
 * ln(n/n_min + 1), 1 for the rarest class.
 *
 * The logits must be cosines from −1 to 1: a network with the `cosine` head.
 *
 * Source: Zhao et al. 2022, Adaptive Logit Adjustment Loss for Long-Tailed Visual Recognition.
 *
 * @param counts Training images of each class.
 * @param options Scale, gradient of the difficulty.
 * @returns The loss.
 * @throws {RangeError} If a count is not above 0, or the scale is not.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { ala } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = ala([9, 1], { scale: 1 })(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(1 + Math.exp(0.5)), 1e-6);
 * ```
 */
export function ala(
  counts: readonly number[],
  { scale = 30, differentiateDifficulty = false }: AlaOptions = {},
): Loss {
  expectCounts(counts);
  expectRange("above 0", { scale });
  const rarest = Math.min(...counts);
  const quantities = counts.map((count) => Math.LN2 / Math.log1p(count / rarest));
  return (logits, labels) => {
    expectBatch(logits, labels, counts.length);
    // Of every class; only that of the true class is used.
    const difficulty = tf.sub(1, differentiateDifficulty ? logits : detached(logits)).div(2);
    const margin = oneHot(labels, counts.length).mul(tf.tensor1d(quantities)).mul(difficulty);
    return sparseSoftmaxCrossEntropy(logits.sub(margin).mul(scale), labels).mean();
  };
}
