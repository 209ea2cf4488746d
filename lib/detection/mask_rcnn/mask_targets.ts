/**
 * What the mask head has to predict.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { rows } from "../../engine/ops/mod.ts";
import { regionTaps } from "../boxes/roi_align.ts";

/**
 * Cuts the masks of objects out of regions, resampled to a fixed size: 1 where at least half of a bin is covered.
 *
 * Source: He et al. 2017, Mask R-CNN, section 3.1; as in mmdetection, but with a fixed number of samples for each bin.
 *
 * @param masks Masks over the images. Shape `[batch, objects, height, width]`, bool.
 * @param regions Boxes `[regions, 4]`, corners in pixels, and the indices of image and object, `[regions]`, int32.
 * @param size Height and width of the result.
 * @returns Shape `[regions, size, size]`, 0 or 1, float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const masks = tf.range(0, 16).less(8).reshape([1, 1, 4, 4]) as tf.Tensor4D;
 * const zero = tf.zeros([1], "int32") as tf.Tensor1D;
 * const targets = maskTargets(masks, { boxes: tf.tensor2d([[0, 0, 4, 4]]), image: zero, object: zero }, 2);
 * assertEquals([...targets.dataSync()], [1, 1, 0, 0]);
 * ```
 */
export function maskTargets(
  masks: tf.Tensor4D,
  { boxes, image, object }: {
    readonly boxes: tf.Tensor2D;
    readonly image: tf.Tensor1D;
    readonly object: tf.Tensor1D;
  },
  size: number,
): tf.Tensor3D {
  const [, objects, height, width] = masks.shape, regions = boxes.shape[0];
  // Integers, because float32 does not count that far.
  const integer = (value: number) => tf.scalar(value, "int32");
  const first = image.mul(integer(objects)).add(object).mul(integer(height * width));
  const map = { first: first.expandDims(1), height, width, scale: 1 };
  const { indices, weights } = regionTaps(boxes, map, { size, samples: 2, aligned: true });
  const covered = rows(masks.flatten(), indices.flatten()).toFloat().reshape(indices.shape);
  return covered.mul(weights).sum(1).greaterEqual(0.5).toFloat().reshape([regions, size, size]);
}
