/**
 * Class weights of the losses of images.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { oneHot } from "../engine/ops/mod.ts";

/**
 * Reduction of the weighted losses w · l of a batch: their sum divided by that of the weights, as in PyTorch, or by
 * the number of images, so that a batch of frequent classes has a smaller loss, as in the code of Cui et al. 2019.
 */
export type Reduction = "weighted-mean" | "mean";

/**
 * Checks class weights and reduction.
 *
 * @param weights One weight for each class.
 * @param reduction Reduction of the weighted losses.
 * @throws {RangeError} If a weight is not above 0, or the reduction is unknown.
 */
export function expectWeights(
  weights: readonly number[] | undefined,
  reduction: Reduction = "weighted-mean",
): void {
  if (reduction !== "weighted-mean" && reduction !== "mean") {
    throw new RangeError(
      `Expected reduction to be weighted-mean or mean but found ${reduction}`,
    );
  }
  const bad = weights?.find((weight) => !(weight > 0 && weight < Infinity));
  if (bad !== undefined) {
    throw new RangeError(`Expected class weights to be above 0 but found ${bad}`);
  }
}

/**
 * Returns the weight of each image's class.
 *
 * @param weights One weight for each class.
 * @param labels Shape `[batch]`, int32.
 * @param classes Number of classes that the logits have.
 * @returns Shape `[batch]`.
 * @throws {RangeError} If there is not one weight for each class.
 */
export function weightsOf(
  weights: readonly number[],
  labels: tf.Tensor1D,
  classes: number,
): tf.Tensor1D {
  if (weights.length !== classes) {
    throw new RangeError(
      `Expected ${classes} class weights, one for each class, but found ${weights.length}`,
    );
  }
  // Not a gather, because TensorFlow.js reads the indices of a gather to check them.
  return oneHot(labels, classes).mul(tf.tensor1d([...weights], "float32")).sum(1);
}

/**
 * Mean of the losses, weighted where there are class weights.
 *
 * @param losses Shape `[batch]`.
 * @param labels Shape `[batch]`, int32.
 * @param classes Number of classes that the logits have.
 * @param weights One weight for each class; equal by default.
 * @param reduction Reduction of the weighted losses.
 * @returns A scalar.
 * @throws {RangeError} If there is not one weight for each class.
 */
export function weightedMean(
  losses: tf.Tensor1D,
  labels: tf.Tensor1D,
  classes: number,
  weights?: readonly number[],
  reduction: Reduction = "weighted-mean",
): tf.Scalar {
  if (!weights) return losses.mean();
  const each = weightsOf(weights, labels, classes), weighted = losses.mul(each);
  return reduction === "mean" ? weighted.mean() : weighted.sum().div(each.sum());
}
