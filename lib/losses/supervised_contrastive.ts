/**
 * Supervised contrastive loss.
 *
 * @module
 */
import { expectRows } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { detached, expectLabelTensor } from "../engine/ops/mod.ts";

/** Options of {@linkcode supervisedContrastive}. */
export interface SupervisedContrastiveOptions {
  /**
   * Temperature that products are divided by, above 0.
   *
   * @default {0.07}
   */
  readonly temperature?: number;
}

/** A loss of features, without logits. */
export type FeatureLoss = (features: tf.Tensor2D, labels: tf.Tensor1D) => tf.Scalar;

/**
 * Pulls features of one class together and pushes those of others apart: for each anchor i, −1/|P_i| · Σ_{p
 * ∈ P_i} log (exp(x_i · x_p/t) / Σ_{a ≠ i} exp(x_i · x_a/t)), with P_i the other rows of its class; the mean over
 * anchors that have any.
 *
 * Several views of an image are separate rows with the same label.
 *
 * Source: Khosla et al. 2020, Supervised Contrastive Learning, equation 2.
 *
 * @param options Temperature.
 * @returns The loss of features `[rows, channels]`, of length 1, and labels `[rows]`, int32.
 * @throws {RangeError} If the temperature is not above 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { supervisedContrastive } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const features = tf.tensor2d([[1, 0], [1, 0], [0, 1]]);
 * const loss = supervisedContrastive({ temperature: 1 })(features, tf.tensor1d([0, 0, 1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(1 + Math.exp(-1)), 1e-6);
 * ```
 */
export function supervisedContrastive(
  { temperature = 0.07 }: SupervisedContrastiveOptions = {},
): FeatureLoss {
  expectRange("above 0", { temperature });
  return (features, labels) => {
    expectRows(features, labels, "features");
    // The number of classes is unknown, so any label from 0 is one.
    expectLabelTensor(labels, 2 ** 31);
    const others: tf.Tensor2D = tf.sub(1, tf.eye(labels.shape[0]));
    const positives: tf.Tensor2D = sameClass(labels, labels).mul(others);
    const products: tf.Tensor2D = tf.matMul(features, features, false, true).div(temperature);
    const each = contrast(products, positives, others);
    const anchors = positives.max(1);
    return each.mul(anchors).sum().div(anchors.sum().maximum(1));
  };
}

/**
 * Computes the mean over positives of −log (exp(z_p) / Σ_a w_a · exp(z_a)), for each row.
 *
 * @param logits Shape `[anchors, columns]`.
 * @param positives Weight of each column as a positive, of the same shape, or broadcast to it.
 * @param weights w, at least 0, of the same shape; a column of weight 0 is ignored.
 * @returns Shape `[anchors]`; 0 where there is no positive.
 */
export function contrast(
  logits: tf.Tensor2D,
  positives: tf.Tensor2D,
  weights: tf.Tensor2D,
): tf.Tensor1D {
  // The maximum excludes columns of weight 0, so that they cannot make the other exponentials underflow.
  const part = weights.greater(0).toFloat();
  const shifted = logits.sub(detached(logits.mul(part).add(tf.sub(part, 1).mul(1e9)).max(1, true)));
  const sum = shifted.mul(part).exp().mul(weights).sum(1, true);
  const logs = shifted.sub(sum.maximum(1e-37).log());
  const total = positives.sum(1);
  return logs.mul(positives).sum(1).neg().div(total.add(total.equal(0).toFloat()));
}

/**
 * Compares labels: 1 where they are equal, 0 elsewhere.
 *
 * @param a Shape `[rows]`.
 * @param b Shape `[columns]`.
 * @returns Shape `[rows, columns]`, float32.
 */
export function sameClass(a: tf.Tensor1D, b: tf.Tensor1D): tf.Tensor2D {
  return tf.cast(a.expandDims(1).equal(b.expandDims(0)), "float32");
}
