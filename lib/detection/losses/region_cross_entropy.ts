/**
 * Cross-entropy over classes and background.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { sparseSoftmaxCrossEntropy } from "../../engine/ops/mod.ts";
import { type RegionLoss, weightedMean } from "./region_loss.ts";

/**
 * Softmax cross-entropy of regions, with `classes + 1` logits, background last.
 *
 * @param classes Number of classes.
 * @returns The loss; it has no state.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { regionCrossEntropy } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const labels = tf.tensor1d([0, 3], "int32");
 * const { loss } = regionCrossEntropy(3).apply({}, tf.zeros([2, 4]), labels, tf.ones([2]));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(4), 1e-6);
 * ```
 */
export function regionCrossEntropy(classes: number): RegionLoss {
  return {
    classes,
    logits: classes + 1,
    bias: 0,
    init: () => ({}),
    apply: (state, logits, labels, weights) => ({
      loss: weightedMean(sparseSoftmaxCrossEntropy(logits, labels), weights),
      state,
    }),
    scores: (logits) => tf.softmax(logits).slice([0, 0], [-1, classes]),
  };
}
