/**
 * Losses of mixed images.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import { softmaxCrossEntropy } from "../engine/ops/mod.ts";
import type { Loss, LossContext, LossNeeds } from "./loss.ts";

/** The loss of images mixed from two classes each, with the same λ for all images. */
export interface MixedLoss extends LossNeeds {
  /**
   * @param logits Shape `[batch, classes]`, float32.
   * @param labels First class of each image, `[batch]`, int32.
   * @param partners Second class of each image, `[batch]`, int32.
   * @param lambda λ, the weight of the first class, a scalar in [0, 1].
   * @param context Progress of the training, by default its end, and what the loss uses.
   * @returns A scalar.
   */
  (
    logits: tf.Tensor2D,
    labels: tf.Tensor1D,
    partners: tf.Tensor1D,
    lambda: tf.Scalar,
    context?: LossContext,
  ): tf.Scalar;
}

/**
 * λ · loss of the labels + (1 − λ) · loss of the partners: turns any loss into one for mixup, CutMix and CMO.
 *
 * @param loss Any loss without a state.
 * @returns The loss of mixed images.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { balancedSoftmax, mixedLoss } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const labels = tf.tensor1d([0], "int32"), partners = tf.tensor1d([1], "int32");
 * const loss = mixedLoss(balancedSoftmax([90, 10]));
 * const value = loss(tf.tensor2d([[0, 0]]), labels, partners, tf.scalar(0.25));
 * assertAlmostEquals(value.dataSync()[0], -0.25 * Math.log(0.9) - 0.75 * Math.log(0.1), 1e-5);
 * ```
 */
export function mixedLoss(loss: Loss): MixedLoss {
  const mixed: MixedLoss = (logits, labels, partners, lambda, context) => {
    const first = loss(logits, labels, context), second = loss(logits, partners, context);
    return second.add(lambda.mul(first.sub(second)));
  };
  return Object.assign(mixed, { phases: loss.phases, uses: loss.uses });
}

/**
 * Cross-entropy with a soft target for each image, the mean over the batch: for images mixed with different λ, as in
 * remix.
 *
 * @param logits Shape `[batch, classes]`.
 * @param targets Shape `[batch, classes]`, each row a distribution.
 * @returns A scalar; no gradient flows into the targets.
 * @throws {RangeError} If the shapes differ.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { softCrossEntropy } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = softCrossEntropy(tf.tensor2d([[0, 0]]), tf.tensor2d([[0.3, 0.7]]));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function softCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  return softmaxCrossEntropy(logits, targets).mean();
}
