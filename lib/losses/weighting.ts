/**
 * Weighting the losses of single images by their class.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { oneHot } from "../engine/ops/mod.ts";

/**
 * What weighted losses w · l of a batch become: their sum over that of the weights, as PyTorch's, or over the number
 * of images, so that a batch of frequent classes has a smaller loss, as in the code of Cui et al. 2019.
 */
export type Reduction = "weighted-mean" | "mean";

/**
 * Checks class weights and what becomes of them.
 *
 * @param weights One weight for each class.
 * @param reduction Mean of the weighted losses.
 * @throws {RangeError} If a weight is not above 0, or the reduction has no such name.
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
    throw new RangeError(`Expected class weights to be positive but found ${bad}`);
  }
}

/**
 * The weight of each image's class.
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
  // Gathering would do, but TensorFlow.js checks the labels of a gather by reading them.
  return oneHot(labels, classes).mul(tf.tensor1d([...weights], "float32")).sum(1);
}

/**
 * Mean of the losses, weighted where there are class weights.
 *
 * @param losses Shape `[batch]`.
 * @param labels Shape `[batch]`, int32.
 * @param classes Number of classes that the logits have.
 * @param weights One weight for each class; without, all count the same.
 * @param reduction Mean of the weighted losses.
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
