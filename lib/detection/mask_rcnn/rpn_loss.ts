/**
 * Loss of the region proposal network.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { rows, weightedRows } from "../../engine/ops/mod.ts";
import { assign, type Objects, RPN_ASSIGNMENT } from "../boxes/assign.ts";
import { encodeBoxes } from "../boxes/coding.ts";
import { sample, type SampleOptions } from "../boxes/sample.ts";

/** Predictions and objects of an image. */
export interface RpnImage {
  /** Logits of objectness. Shape `[anchors]`. */
  readonly logits: tf.Tensor1D;
  /** Coded boxes. Shape `[anchors, 4]`. */
  readonly code: tf.Tensor2D;
  /** The objects. */
  readonly objects: Objects;
  /** Shape `[2]`, int32, different in every step and image. */
  readonly seed: tf.Tensor1D;
}

/** Losses of the region proposal network. */
export interface RpnLosses {
  /** Binary cross-entropy of objectness. */
  readonly objectness: tf.Scalar;
  /** Absolute differences of coded boxes. */
  readonly boxes: tf.Scalar;
}

/**
 * Computes the losses over sampled anchors of a batch: binary cross-entropies of objectness, and absolute differences
 * of the coded boxes of positive anchors; each a sum divided by the number of sampled anchors.
 *
 * Source: Ren et al. 2015, Faster R-CNN, equation 1; as in mmdetection.
 *
 * @param images Predictions and objects of each image.
 * @param anchors Shape `[anchors, 4]`, corners in pixels.
 * @param options Numbers of the sample.
 * @returns Both losses.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const anchors = tf.tensor2d([[0, 0, 10, 10], [50, 50, 60, 60]]);
 * const image = {
 *   logits: tf.zeros([2]) as tf.Tensor1D,
 *   code: tf.ones([2, 4]) as tf.Tensor2D,
 *   objects: { boxes: tf.tensor2d([[0, 0, 10, 10]]), present: tf.tensor1d([1]) },
 *   seed: tf.tensor1d([0, 0], "int32"),
 * };
 * const { objectness, boxes } = rpnLoss([image], anchors, { count: 2, positive: 1 });
 * assertAlmostEquals(objectness.dataSync()[0], Math.log(2), 1e-6);
 * assertAlmostEquals(boxes.dataSync()[0], 2, 1e-6);
 * ```
 */
export function rpnLoss(
  images: readonly RpnImage[],
  anchors: tf.Tensor2D,
  options: SampleOptions,
): RpnLosses {
  const sums = images.map(({ logits, code, objects, seed }) => {
    const assignment = assign(anchors, objects, RPN_ASSIGNMENT);
    const { indices, positive, chosen } = sample(assignment, seed, options);
    const own = gathered(tf.concat([logits.expandDims(1), code], 1), indices);
    const z = own.slice([0, 0], [-1, 1]).flatten();
    const entropies = z.softplus().sub(z.mul(positive)).mul(chosen);
    const goal = rows(objects.boxes, rows(assignment.object, indices));
    const differences = own.slice([0, 1], [-1, 4])
      .sub(codeOf(goal, rows(anchors, indices), positive)).abs().sum(1).mul(positive);
    return { objectness: entropies.sum(), boxes: differences.sum(), count: chosen.sum() };
  });
  const total = (name: keyof typeof sums[number]) => tf.addN(sums.map((sum) => sum[name]));
  const count = total("count").maximum(1);
  return {
    objectness: total("objectness").div(count),
    boxes: total("boxes").div(count),
  };
}

/** Gathers rows of a table, differentiable in the table. */
export function gathered(table: tf.Tensor2D, indices: tf.Tensor1D): tf.Tensor2D {
  const column: tf.Tensor2D = indices.expandDims(1);
  return weightedRows(table, column, tf.onesLike(column).toFloat());
}

/** Codes the boxes of positive proposals; 0 for the others, whose boxes may have no area. */
export function codeOf(
  goal: tf.Tensor2D,
  proposals: tf.Tensor2D,
  positive: tf.Tensor1D,
  deviations?: Parameters<typeof encodeBoxes>[2],
): tf.Tensor2D {
  const code = encodeBoxes(goal, proposals, deviations);
  return tf.where(positive.greater(0).expandDims(1), code, tf.zerosLike(code));
}
