/**
 * Focal loss, on softmax and on sigmoids.
 *
 * @module
 */
import { expectBatch } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { oneHot, sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import type { LossDescription } from "./description.ts";
import type { Loss } from "./loss.ts";
import { expectWeights, type Reduction, weightedMean, weightsOf } from "./weighting.ts";

/** Options of {@linkcode sigmoidFocal}. */
export interface SigmoidFocalOptions {
  /**
   * How strongly easy images are down-weighted, at least 0; with 0, the loss is cross-entropy.
   *
   * @default {1, as in LDAM's code}
   */
  readonly gamma?: number;
  /** Weight of each class, positive. */
  readonly weights?: readonly number[];
  /**
   * Reduction of the weighted losses.
   *
   * @default {"weighted-mean"}
   */
  readonly reduction?: Reduction;
}

/** Options of {@linkcode focal}. */
export interface FocalOptions extends SigmoidFocalOptions {
  /**
   * Whether class weights also apply to the probability in the focal factor: p = e^(w · log p), as in LDAM's code.
   *
   * @default {false}
   */
  readonly weightedProbability?: boolean;
}

/** Lower bound of the base: below it, the gradient of a power under 1 would be too large for float32. */
const SMALLEST = 1e-12;

/**
 * Focal loss on the softmax: (1 − p)^γ · (−log p) with p the probability of the true class.
 *
 * Source: Lin et al. 2017, Focal Loss for Dense Object Detection, equation 4, on a softmax as in long-tailed
 * recognition; weights in the probability as in the code of Cao et al. 2019, LDAM, with a plain mean.
 *
 * @param options γ, class weights and how they apply.
 * @returns The loss.
 * @throws {RangeError} If γ is negative, a weight is not positive, or the reduction is unknown.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { focal } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = focal({ gamma: 2 })(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], 0.25 * Math.log(2), 1e-6);
 * ```
 */
export function focal(options: FocalOptions = {}): Loss {
  const { gamma, weights, reduction } = checked(options);
  const { weightedProbability = false } = options;
  return (logits, labels) => {
    expectBatch(logits, labels, weights?.length);
    const classes = logits.shape[1], losses = sparseSoftmaxCrossEntropy(logits, labels);
    const powers: tf.Tensor1D = weights && weightedProbability
      ? losses.mul(weightsOf(weights, labels, classes))
      : losses;
    const factor = focalFactor(powers, gamma);
    return weightedMean(losses.mul(factor), labels, classes, weights, reduction);
  };
}

/** @ignore Its description. */
focal.description = {
  token: "focal",
  about: "focal loss",
  source: "Lin et al. 2017",
  follows:
    "with `drw` LDAM's code: weights count within p, and the mean is over images (`weightedProbability`, " +
    "`reduction` of `focal()`, whose default is PyTorch's weighted mean)",
  loss: () => focal(),
  weighted: (_counts, weights) => focal({ weights, weightedProbability: true, reduction: "mean" }),
  rows: { "Table I": "Focal Loss" },
} satisfies LossDescription as LossDescription;

/**
 * Computes (1 − p)^γ, which down-weights easy images.
 *
 * @param crossEntropy −log p of each image, `[batch]`.
 * @param gamma γ, at least 0.
 * @returns Shape `[batch]`.
 */
export function focalFactor(crossEntropy: tf.Tensor1D, gamma: number): tf.Tensor1D {
  if (gamma === 0) return tf.onesLike(crossEntropy);
  return tf.sub(1, crossEntropy.neg().exp()).maximum(SMALLEST).pow(gamma);
}

/**
 * Focal loss on sigmoids: a binary classification for each class, summed over classes.
 *
 * Source: Lin et al. 2017, Focal Loss for Dense Object Detection, equation 4; summed over classes as in Cui
 * et al. 2019, equation 11.
 *
 * @param options γ, class weights, reduction.
 * @returns The loss.
 * @throws {RangeError} If γ is negative, a weight is not positive, or the reduction is unknown.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { sigmoidFocal } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = sigmoidFocal({ gamma: 1 })(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function sigmoidFocal(options: SigmoidFocalOptions = {}): Loss {
  const { gamma, weights, reduction } = checked(options);
  return (logits, labels) => {
    expectBatch(logits, labels, weights?.length);
    const classes = logits.shape[1];
    // Logits of the correct binary labels: z for the true class, −z for the others.
    const right = logits.mul(oneHot(labels, classes).mul(2).sub(1));
    const losses = right.neg().softplus();
    const wrong = right.neg().sigmoid().maximum(SMALLEST);
    const all: tf.Tensor1D = losses.mul(wrong.pow(gamma)).sum(1);
    return weightedMean(all, labels, classes, weights, reduction);
  };
}

function checked({ gamma = 1, weights, reduction }: SigmoidFocalOptions) {
  expectWeights(weights, reduction);
  expectRange("at least 0", { gamma });
  return { gamma, weights, reduction };
}
