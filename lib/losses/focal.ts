/**
 * Focal loss, on softmax and on sigmoids.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { oneHot, sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import type { Loss } from "./loss.ts";
import { expectWeights, weightedMean } from "./weighting.ts";

/** Options of {@linkcode focal} and {@linkcode sigmoidFocal}. */
export interface FocalOptions {
  /**
   * How much less easy images count, at least 0; with 0 the loss is cross-entropy.
   *
   * @default {1, as in LDAM's code}
   */
  readonly gamma?: number;
  /** Weight of each class, positive; the loss is the weighted mean. */
  readonly weights?: readonly number[];
}

/** Below it a power under 1 would have a gradient too large for float32. */
const SMALLEST = 1e-12;

/**
 * Focal loss on the softmax: (1 − p)^γ · (−log p) with p the probability of the true class.
 *
 * Source: Lin et al. 2017, Focal Loss for Dense Object Detection, equation 4, on a softmax as in the
 * long-tailed field.
 *
 * @param options γ and class weights.
 * @returns The loss.
 * @throws {RangeError} If γ is negative or a weight is not positive.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 *
 * await engine();
 * const loss = focal({ gamma: 2 })(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], 0.25 * Math.log(2), 1e-6);
 * ```
 */
export function focal(options: FocalOptions = {}): Loss {
  const { gamma, weights } = checked(options);
  return (logits, labels) => {
    const losses = focalTerm(sparseSoftmaxCrossEntropy(logits, labels), gamma);
    return weightedMean(losses, labels, logits.shape[1], weights);
  };
}

/**
 * Cross-entropies times (1 − p)^γ.
 *
 * @param crossEntropy −log p of each image, `[batch]`.
 * @param gamma γ, at least 0.
 * @returns Shape `[batch]`.
 */
export function focalTerm(crossEntropy: tf.Tensor1D, gamma: number): tf.Tensor1D {
  if (gamma === 0) return crossEntropy;
  const wrong = tf.sub(1, crossEntropy.neg().exp()).maximum(SMALLEST);
  return crossEntropy.mul(wrong.pow(gamma));
}

/**
 * Focal loss on sigmoids: every class is a yes or no of its own; summed over classes.
 *
 * Source: Lin et al. 2017, Focal Loss for Dense Object Detection, equation 4; summed over classes as in Cui
 * et al. 2019, equation 11.
 *
 * @param options γ and class weights.
 * @returns The loss.
 * @throws {RangeError} If γ is negative or a weight is not positive.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 *
 * await engine();
 * const loss = sigmoidFocal({ gamma: 1 })(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function sigmoidFocal(options: FocalOptions = {}): Loss {
  const { gamma, weights } = checked(options);
  return (logits, labels) => {
    const classes = logits.shape[1];
    // Logits of the right answers: z for the true class, −z for the others.
    const right = logits.mul(oneHot(labels, classes).mul(2).sub(1));
    const losses = right.neg().softplus();
    const wrong = right.neg().sigmoid().maximum(SMALLEST);
    return weightedMean(losses.mul(wrong.pow(gamma)).sum(1), labels, classes, weights);
  };
}

function checked({ gamma = 1, weights }: FocalOptions) {
  expectWeights(weights);
  if (!(gamma >= 0 && gamma < Infinity)) {
    throw new RangeError(`Expected gamma to be at least 0 but found ${gamma}`);
  }
  return { gamma, weights };
}
