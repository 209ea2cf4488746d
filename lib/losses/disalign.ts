/**
 * DisAlign: distribution alignment of a trained classifier.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { expectCounts } from "./counts.ts";
import { crossEntropy } from "./cross_entropy.ts";
import type { Loss } from "./loss.ts";

/** Options of {@linkcode disalign} and {@linkcode disalignWeights}. */
export interface DisalignOptions {
  /**
   * How strongly rare classes are preferred, at least 0; with 0, all weights are equal.
   *
   * @default {1.2}
   */
  readonly rho?: number;
}

/** Parameters of DisAlign. */
export interface DisalignParams {
  /** s: factor on each logit, `[classes]`; initialised to 1. */
  readonly scale: tf.Tensor1D;
  /** b: added to each logit, `[classes]`; initialised to 0. */
  readonly bias: tf.Tensor1D;
  /** Weight of the confidence, `[channels, 1]`. */
  readonly confidenceWeight: tf.Tensor2D;
  /** Bias of the confidence, `[1]`. */
  readonly confidenceBias: tf.Tensor1D;
}

/**
 * Computes calibrated logits: σ · (s ⊙ z + b) + (1 − σ) · z, with a confidence σ = sigmoid(x · w + v) for each image.
 *
 * Source: Zhang et al. 2021, Distribution Alignment: A Unified Framework for Long-Tail Visual Recognition.
 *
 * @param logits z of the trained classifier, `[batch, classes]`.
 * @param features x, the classifier's input, `[batch, channels]`.
 * @param params Parameters trained in the second stage.
 * @returns Shape `[batch, classes]`; differentiable in all arguments.
 * @throws {RangeError} If the shapes do not fit.
 *
 * @example With factors of 1 and no bias nothing changes
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { disalignLogits } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const params = {
 *   scale: tf.tensor1d([1, 1]),
 *   bias: tf.tensor1d([0, 0]),
 *   confidenceWeight: tf.tensor2d([0, 0, 0], [3, 1]),
 *   confidenceBias: tf.tensor1d([0]),
 * };
 * const logits = disalignLogits(tf.tensor2d([[4, 2]]), tf.tensor2d([[1, 2, 3]]), params);
 * assertEquals([...logits.dataSync()], [4, 2]);
 * ```
 */
export function disalignLogits(
  logits: tf.Tensor2D,
  features: tf.Tensor2D,
  { scale, bias, confidenceWeight, confidenceBias }: DisalignParams,
): tf.Tensor2D {
  const [batch, classes] = logits.shape;
  const fits = `${scale.shape}` === `${classes}` && `${bias.shape}` === `${classes}` &&
    features.rank === 2 && features.shape[0] === batch &&
    `${confidenceWeight.shape}` === `${features.shape[1]},1`;
  if (!fits) {
    throw new RangeError(
      `Expected a scale and a bias for each of ${classes} classes, features [${batch}, channels] and a ` +
        `confidence weight [channels, 1] but found [${scale.shape}], [${bias.shape}], [${features.shape}] and ` +
        `[${confidenceWeight.shape}]`,
    );
  }
  const confidence = tf.matMul(features, confidenceWeight).add(confidenceBias).sigmoid();
  const change = logits.mul(scale).add(bias).sub(logits);
  return logits.add(confidence.mul(change));
}

/**
 * Computes class weights (1/π)^ρ, scaled so that their sum is the number of classes, with π the fraction of training
 * images in each class.
 *
 * Source: Zhang et al. 2021, Distribution Alignment: A Unified Framework for Long-Tail Visual Recognition.
 *
 * @param counts Training images of each class.
 * @param options ρ.
 * @returns One weight for each class.
 * @throws {RangeError} If a count is not above 0, or ρ is negative.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { disalignWeights } from "@nbn/toolkit/losses";
 *
 * const [frequent, rare] = disalignWeights([90, 10], { rho: 1 });
 * assertAlmostEquals(rare / frequent, 9);
 * ```
 */
export function disalignWeights(
  counts: readonly number[],
  { rho = 1.2 }: DisalignOptions = {},
): number[] {
  expectCounts(counts);
  expectRange("at least 0", { rho });
  const max = Math.max(...counts);
  // Relative to the largest class, whose weight is 1 before normalisation, to keep the powers from overflowing.
  const raw = counts.map((count) => (max / count) ** rho);
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight * counts.length / sum);
}

/**
 * Cross-entropy weighted by {@linkcode disalignWeights}, for {@linkcode disalignLogits} in the second
 * stage.
 *
 * Source: Zhang et al. 2021, Distribution Alignment: A Unified Framework for Long-Tail Visual Recognition.
 *
 * @param counts Training images of each class.
 * @param options ρ.
 * @returns The loss: the weighted mean, as PyTorch's.
 * @throws {RangeError} If a count is not above 0, or ρ is negative.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { disalign } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = disalign([90, 10])(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function disalign(counts: readonly number[], options: DisalignOptions = {}): Loss {
  return crossEntropy({ weights: disalignWeights(counts, options) });
}
