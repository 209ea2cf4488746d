/**
 * Cross-entropy with class weights and label smoothing.
 *
 * @module
 */
import { expectBatch } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { oneHot, softmaxCrossEntropy, sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import type { LossDescription } from "./description.ts";
import type { Loss } from "./loss.ts";
import { softCrossEntropy } from "./mixed.ts";
import { expectWeights, type Reduction, weightedMean, weightsOf } from "./weighting.ts";

/** Options of {@linkcode crossEntropy}. */
export interface CrossEntropyOptions {
  /** Weight of each class, positive. */
  readonly weights?: readonly number[];
  /**
   * Reduction of the weighted losses; `"weighted-mean"` is PyTorch's.
   *
   * @default {"weighted-mean"}
   */
  readonly reduction?: Reduction;
  /**
   * Fraction of the target that is spread evenly over all classes, in [0, 1).
   *
   * @default {0}
   */
  readonly smoothing?: number;
}

/**
 * Softmax cross-entropy, the mean over the batch.
 *
 * @param options Class weights and label smoothing; combined as in PyTorch, where the weights apply to every class of
 * the smoothed target.
 * @returns The loss.
 * @throws {RangeError} If a weight is not positive, the reduction is unknown, or the smoothing is out of its range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { crossEntropy } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = crossEntropy()(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function crossEntropy(
  { weights, reduction, smoothing = 0 }: CrossEntropyOptions = {},
): Loss {
  expectWeights(weights, reduction);
  expectRange("at least 0 and below 1", { smoothing });
  return (logits, labels) => {
    expectBatch(logits, labels, weights?.length);
    const classes = logits.shape[1];
    if (smoothing === 0) {
      const losses = sparseSoftmaxCrossEntropy(logits, labels);
      return weightedMean(losses, labels, classes, weights, reduction);
    }
    const hot = oneHot(labels, classes);
    const smooth: tf.Tensor2D = hot.mul(1 - smoothing).add(smoothing / classes);
    if (!weights) return softmaxCrossEntropy(logits, smooth).mean();
    const each = weightsOf(weights, labels, classes);
    const targets: tf.Tensor2D = smooth.mul(tf.tensor1d([...weights], "float32"));
    const total = targets.sum(1, true);
    const losses = softmaxCrossEntropy(logits, targets.div(total)).mul(total.squeeze([1]));
    return reduction === "mean" ? losses.mean() : losses.sum().div(each.sum());
  };
}

/** @ignore Its description. */
crossEntropy.description = {
  token: "ce",
  about: "cross-entropy",
  source: "the paper's baseline",
  loss: (_counts, smoothing) => crossEntropy({ smoothing }),
  smooths: true,
  weighted: (_counts, weights, smoothing) => crossEntropy({ weights, smoothing }),
  soft: () => softCrossEntropy,
  rows: {
    "Table I": "Cross Entropy",
    "Table II": "Cross Entropy",
    "Table III": "Cross Entropy",
    "Table IV": "cross entropy",
    "Table VI": "Baseline",
    "Table VII": "cross entropy",
    "Table VIII": "Stage 1, Baseline",
    "Table IX": "Cross Entropy",
    "Table X": "Cross Entropy",
    "Table XI": "Cross Entropy",
    "Table XII": "ResNet-50",
    "Table XIII": "ResNet-50",
    "Table XV": "Cross Entropy, Baseline",
    "Table XVII": "Cross Entropy",
  },
} satisfies LossDescription as LossDescription;
