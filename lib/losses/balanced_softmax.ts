/**
 * Balanced Softmax.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import { addToLogits, expectCounts } from "./counts.ts";
import { crossEntropy, type CrossEntropyOptions } from "./cross_entropy.ts";
import type { LossDescription } from "./description.ts";
import type { Loss } from "./loss.ts";
import { softCrossEntropy } from "./mixed.ts";

/**
 * Cross-entropy of z + log n: the softmax includes the class prior of the training set, so that the plain logits,
 * used in evaluation, correspond to a uniform prior.
 *
 * Source: Ren et al. 2020, Balanced Meta-Softmax for Long-Tailed Visual Recognition, equation 4.
 *
 * @param counts Training images of each class.
 * @param options Label smoothing.
 * @returns The loss.
 * @throws {RangeError} If a count is not above 0, or the smoothing is out of its range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { balancedSoftmax } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = balancedSoftmax([90, 10])(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], -Math.log(0.1), 1e-5);
 * ```
 */
export function balancedSoftmax(
  counts: readonly number[],
  options: Pick<CrossEntropyOptions, "smoothing"> = {},
): Loss {
  expectCounts(counts);
  const prior = counts.map(Math.log), loss = crossEntropy(options);
  return (logits, labels) => loss(addToLogits(logits, prior), labels);
}

/**
 * The same for a distribution over classes for each image.
 *
 * @param counts Training images of each class.
 * @returns Function from logits and targets, both `[batch, classes]`, to the mean loss.
 */
export function softBalancedSoftmax(
  counts: readonly number[],
): (logits: tf.Tensor2D, targets: tf.Tensor2D) => tf.Scalar {
  const prior = counts.map(Math.log);
  return (logits, targets) => softCrossEntropy(addToLogits(logits, prior), targets);
}

/** @ignore Its description. */
balancedSoftmax.description = {
  token: "balanced-softmax",
  about: "Balanced Softmax",
  source: "Ren et al. 2020",
  loss: (counts, smoothing) => balancedSoftmax(counts, { smoothing }),
  smooths: true,
  soft: softBalancedSoftmax,
  provides: ["adjusted logits"],
  rows: {
    "Table I": "Balanced Softmax",
    "Table II": "Balanced Softmax",
    "Table III": "Balanced Softmax",
  },
} satisfies LossDescription as LossDescription;
