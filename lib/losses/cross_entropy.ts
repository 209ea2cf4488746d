/**
 * Cross-entropy with class weights and label smoothing.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { softmaxCrossEntropy, sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import type { Loss } from "./loss.ts";

/** Options of {@linkcode crossEntropy}. */
export interface CrossEntropyOptions {
  /** Weight of each class, positive; the loss is the weighted mean, as PyTorch's. */
  weights?: readonly number[];
  /**
   * Share of the target that is spread evenly over all classes, from 0 up to, but without, 1.
   *
   * @default {0}
   */
  smoothing?: number;
}

/**
 * Softmax cross-entropy, the mean over the batch.
 *
 * @param options Class weights and label smoothing.
 * @returns The loss.
 * @throws {RangeError} If a weight is not positive, or the smoothing is out of its range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 *
 * await engine();
 * const loss = crossEntropy()(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function crossEntropy({ weights, smoothing = 0 }: CrossEntropyOptions = {}): Loss {
  const bad = weights?.find((weight) => !(weight > 0 && weight < Infinity));
  if (bad !== undefined) {
    throw new RangeError(`Expected class weights to be positive but found ${bad}`);
  }
  if (!(smoothing >= 0 && smoothing < 1)) {
    throw new RangeError(`Expected smoothing to be at least 0 and below 1 but found ${smoothing}`);
  }
  return (logits, labels) => {
    const classes = logits.shape[1];
    if (weights && weights.length !== classes) {
      throw new RangeError(
        `Expected ${classes} class weights, one for each class, but found ${weights.length}`,
      );
    }
    if (!weights && smoothing === 0) {
      return sparseSoftmaxCrossEntropy(logits, labels).mean() as tf.Scalar;
    }
    const oneHot = tf.oneHot(labels, classes, 1, 0, "float32") as tf.Tensor2D;
    const smooth = smoothing === 0
      ? oneHot
      : oneHot.mul(1 - smoothing).add(smoothing / classes) as tf.Tensor2D;
    if (!weights) return softmaxCrossEntropy(logits, smooth).mean() as tf.Scalar;
    const perClass = tf.tensor1d([...weights]);
    const total = oneHot.mul(perClass).sum();
    const targets = smooth.mul(perClass) as tf.Tensor2D;
    return softmaxCrossEntropy(logits, targets).sum().div(total) as tf.Scalar;
  };
}
