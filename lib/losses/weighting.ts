/**
 * Weighting the losses of single images by their class.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { oneHot } from "../engine/ops/mod.ts";

/**
 * Checks class weights.
 *
 * @param weights One weight for each class.
 * @throws {RangeError} If one is not above 0.
 */
export function expectWeights(weights: readonly number[] | undefined): void {
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
 * Mean of the losses; with class weights the weighted mean, as PyTorch's.
 *
 * @param losses Shape `[batch]`.
 * @param labels Shape `[batch]`, int32.
 * @param classes Number of classes that the logits have.
 * @param weights One weight for each class; without, all count the same.
 * @returns A scalar.
 * @throws {RangeError} If there is not one weight for each class.
 */
export function weightedMean(
  losses: tf.Tensor1D,
  labels: tf.Tensor1D,
  classes: number,
  weights?: readonly number[],
): tf.Scalar {
  if (!weights) return losses.mean();
  const each = weightsOf(weights, labels, classes);
  return losses.mul(each).sum().div(each.sum());
}
