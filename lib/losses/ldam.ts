/**
 * LDAM: margins that are larger for rarer classes.
 *
 * @module
 */
import { expectBatch } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { oneHot, sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import { effectiveNumberWeights } from "./class_balanced_loss.ts";
import { expectCounts } from "./counts.ts";
import type { Loss } from "./loss.ts";
import { weightedMean } from "./weighting.ts";

/** Options of {@linkcode ldam}. */
export interface LdamOptions {
  /**
   * Margin of the rarest class, above 0.
   *
   * @default {0.5}
   */
  readonly maxMargin?: number;
  /**
   * Factor on the cosines, above 0.
   *
   * @default {30}
   */
  readonly scale?: number;
  /**
   * Fraction of the training after which class-balanced weights apply (DRW, deferred re-weighting), in [0, 1]; 0.8 in
   * the paper.
   *
   * @default {never}
   */
  readonly deferAt?: number;
  /**
   * β of those weights.
   *
   * @default {0.9999}
   */
  readonly beta?: number;
}

/**
 * Label-distribution-aware margin loss: cross-entropy of s · (cos − m_y), which requires a margin of the true class's
 * cosine ∝ n^(−1/4).
 *
 * The logits must be cosines from −1 to 1: a network with the `cosine` head. With `logitsRectification()`, use scale 1.
 *
 * Source: Cao et al. 2019, Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss, equations
 * 12 and 13; deferred re-weighting: Algorithm 1.
 *
 * @param counts Training images of each class.
 * @param options Margin, scale, re-weighting.
 * @returns The loss; with `deferAt` it has two phases.
 * @throws {RangeError} If a count is not above 0, or an option is out of its range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { ldam } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = ldam([16, 1], { scale: 1 })(tf.tensor2d([[1, 0]]), tf.tensor1d([0], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(1 + Math.exp(-0.75)), 1e-6);
 * ```
 */
export function ldam(
  counts: readonly number[],
  { maxMargin = 0.5, scale = 30, deferAt, beta = 0.9999 }: LdamOptions = {},
): Loss {
  expectCounts(counts);
  expectRange("above 0", { maxMargin, scale });
  if (deferAt !== undefined) expectRange("from 0 to 1", { deferAt });
  const rarest = Math.min(...counts);
  const margins = counts.map((count) => maxMargin * (rarest / count) ** 0.25);
  const weights = effectiveNumberWeights(counts, beta);
  const loss: Loss = (logits, labels, { progress } = { progress: 1 }) => {
    expectBatch(logits, labels, counts.length);
    const classes = counts.length;
    const margin = oneHot(labels, classes).mul(tf.tensor1d(margins));
    const scaled: tf.Tensor2D = logits.sub(margin).mul(scale);
    const deferred = deferAt !== undefined && progress >= deferAt;
    return weightedMean(
      sparseSoftmaxCrossEntropy(scaled, labels),
      labels,
      classes,
      deferred ? weights : undefined,
    );
  };
  return deferAt === undefined ? loss : Object.assign(loss, { phases: [deferAt] });
}
