/**
 * Logit adjustment, in training and after it.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { tf } from "../deps/tfjs.ts";
import { softBalancedSoftmax } from "./balanced_softmax.ts";
import { addToLogits, expectCounts, logPriors } from "./counts.ts";
import { crossEntropy, type CrossEntropyOptions } from "./cross_entropy.ts";
import type { LossDescription } from "./description.ts";
import type { Loss } from "./loss.ts";

/** Options of {@linkcode logitAdjusted} and {@linkcode logitAdjustment}. */
export interface LogitAdjustmentOptions {
  /**
   * Strength of the adjustment, at least 0.
   *
   * @default {1}
   */
  readonly tau?: number;
}

/**
 * Cross-entropy of z + τ · log π, with π the fraction of training images in each class. Evaluation uses the plain
 * logits.
 *
 * Source: Menon et al. 2021, Long-tail learning via logit adjustment, equation 10.
 *
 * @param counts Training images of each class.
 * @param options τ, label smoothing.
 * @returns The loss.
 * @throws {RangeError} If a count is not above 0, τ is negative, or the smoothing is out of its range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { logitAdjusted } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = logitAdjusted([90, 10])(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], -Math.log(0.1), 1e-5);
 * ```
 */
export function logitAdjusted(
  counts: readonly number[],
  { smoothing, ...options }: LogitAdjustmentOptions & Pick<CrossEntropyOptions, "smoothing"> = {},
): Loss {
  const adjustment = adjustments(counts, options), loss = crossEntropy({ smoothing });
  return (logits, labels) => loss(addToLogits(logits, adjustment), labels);
}

/** @ignore Its description. */
logitAdjusted.description = {
  token: "logit-adjust",
  about: "logit-adjusted cross-entropy",
  source: "Menon et al. 2021",
  loss: (counts, smoothing) => logitAdjusted(counts, { smoothing }),
  smooths: true,
  // log n and log π differ by a constant, to which softmax is invariant.
  soft: softBalancedSoftmax,
  provides: ["adjusted logits"],
} satisfies LossDescription as LossDescription;

/**
 * Adjusts logits for evaluation, after training with plain cross-entropy: z − τ · log π.
 *
 * Source: Menon et al. 2021, Long-tail learning via logit adjustment, equation 9.
 *
 * @param logits Shape `[batch, classes]`.
 * @param counts Training images of each class.
 * @param options τ.
 * @returns Adjusted logits, of the same shape.
 * @throws {RangeError} If a count is not above 0, τ is negative, or there is not one count for each class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { logitAdjustment } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const adjusted = logitAdjustment(tf.tensor2d([[1, 0]]), [90, 10]);
 * assertEquals([...adjusted.argMax(1).dataSync()], [1]);
 * ```
 */
export function logitAdjustment(
  logits: tf.Tensor2D,
  counts: readonly number[],
  options: LogitAdjustmentOptions = {},
): tf.Tensor2D {
  return addToLogits(logits, adjustments(counts, options).map((value) => -value));
}

/** τ · log π of each class. */
function adjustments(counts: readonly number[], { tau = 1 }: LogitAdjustmentOptions): number[] {
  expectCounts(counts);
  expectRange("at least 0", { tau });
  return logPriors(counts).map((prior) => tau * prior);
}
