/**
 * Seesaw loss of regions.
 *
 * @module
 */
import { expectTensorAt } from "../../core/tensor_rank.ts";
import { tf } from "../../deps/tfjs.ts";
import { sparseSoftmaxCrossEntropy } from "../../engine/ops/mod.ts";
import { expectRange } from "../../core/expect_range.ts";
import { seesawLosses, type SeesawOptions } from "../../losses/seesaw.ts";
import { type RegionLoss, weightedMean } from "./region_loss.ts";

/**
 * Seesaw loss of regions, with `classes + 2` logits: those of the classes, learnt from foreground only, and of object
 * and background, a branch of their own learnt by cross-entropy. The score of a class is its probability times that of
 * an object.
 *
 * The state is `counts`, the foreground regions of each class seen so far, those of the batch included.
 *
 * Source: Wang et al. 2021, Seesaw Loss for Long-Tailed Instance Segmentation, section 3; as in mmdetection.
 *
 * @param classes Number of classes.
 * @param options p, q, ε.
 * @returns The loss, with a state.
 * @throws {RangeError} If an option is out of its range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { regionSeesaw } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const logits = tf.tensor2d([[1, 0.5, -0.5, 2, 0], [0.2, -0.3, 1, -1, 1], [0, 2, 0.5, 0.3, 0.1]]);
 * const state = { counts: tf.tensor1d([100, 10, 1]) };
 * const labels = tf.tensor1d([1, 3, 0], "int32");
 * const { loss } = regionSeesaw(3).apply(state, logits, labels, tf.ones([3]));
 * assertAlmostEquals(loss.dataSync()[0], 1.9845163 + 0.2839983, 1e-6);
 * ```
 */
export function regionSeesaw(
  classes: number,
  { p = 0.8, q = 2, epsilon = 0.01 }: SeesawOptions = {},
): RegionLoss {
  expectRange("at least 0", { p, q });
  expectRange("above 0", { epsilon });
  return {
    classes,
    logits: classes + 2,
    bias: 0,
    init: () => ({ counts: tf.zeros([classes]) }),
    apply(state, logits, labels, weights) {
      const [own, objectness] = parts(logits, classes);
      const isBackground = labels.equal<tf.Tensor1D>(classes).toFloat();
      const foreground: tf.Tensor1D = tf.sub(1, isBackground).mul(weights);
      // Background regions get a class too, but neither counts nor weighs.
      const known = labels.minimum<tf.Tensor1D>(classes - 1).toInt();
      const hot = tf.oneHot(labels, classes + 1).toFloat().slice([0, 0], [-1, classes]);
      const before = expectTensorAt(state, "counts", 1, "Seesaw loss");
      const counts: tf.Tensor1D = before.add(hot.mul(weights.expandDims(1)).sum(0));
      const losses = seesawLosses(counts, own, known, { p, q, epsilon });
      const branch = sparseSoftmaxCrossEntropy(objectness, isBackground.toInt());
      const both: tf.Tensor1D = losses.mul(foreground).add(branch);
      return { loss: weightedMean(both, weights), state: { counts } };
    },
    scores(logits) {
      const [own, objectness] = parts(logits, classes);
      return tf.softmax(own).mul(tf.softmax(objectness).slice([0, 0], [-1, 1]));
    },
  };
}

/** Logits of the classes, and of object and background. */
function parts(logits: tf.Tensor2D, classes: number): [tf.Tensor2D, tf.Tensor2D] {
  return [logits.slice([0, 0], [-1, classes]), logits.slice([0, classes], [-1, 2])];
}
