/**
 * ABC-Norm: a penalty on confident predictions of frequent classes.
 *
 * @module
 */
import { expectBatch } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import { expectCounts, imagesOf } from "./counts.ts";
import type { LossDescription } from "./description.ts";
import type { Loss } from "./loss.ts";

/** Options of {@linkcode abcNorm}. */
export interface AbcNormOptions {
  /**
   * Weight τ of the penalty, in [0, 1]; the weight of cross-entropy is 1 − τ.
   *
   * @default {0.5}
   */
  readonly tau?: number;
}

/**
 * Adaptive batch confusion norm: (1 − τ) · CE + τ · mean over the batch of Σ_c (p_c · √f_c)², with p the
 * softmax and f_c = n_c / mean n, so that probability is penalised more for frequent classes.
 *
 * Source: Hsu et al. 2023, ABC-Norm Regularization for Fine-Grained and Long-Tailed Image Classification.
 *
 * @param counts Training images of each class.
 * @param options τ.
 * @returns The loss.
 * @throws {RangeError} If a count is not above 0, or τ is not from 0 to 1.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { abcNorm } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = abcNorm([90, 10])(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], 0.5 * Math.log(2) + 0.5 * (0.25 * 1.8 + 0.25 * 0.2), 1e-6);
 * ```
 */
export function abcNorm(
  counts: readonly number[],
  { tau = 0.5 }: AbcNormOptions = {},
): Loss {
  expectCounts(counts);
  expectRange("from 0 to 1", { tau });
  const mean = imagesOf(counts) / counts.length;
  const frequencies = counts.map((count) => count / mean);
  return (logits, labels) => {
    expectBatch(logits, labels, counts.length);
    const crossEntropy = sparseSoftmaxCrossEntropy(logits, labels).mean();
    const penalty = logits.softmax().square().mul(tf.tensor1d(frequencies)).sum(1).mean();
    return crossEntropy.mul(1 - tau).add(penalty.mul(tau));
  };
}

/** @ignore Its description. */
abcNorm.description = {
  token: "abc-norm",
  about: "ABC-Norm regularisation",
  source: "Hsu et al. 2023",
  loss: (counts) => abcNorm(counts),
  rows: { "Table II": "ABC-Norm", "Table III": "ABC-Norm" },
} satisfies LossDescription as LossDescription;
