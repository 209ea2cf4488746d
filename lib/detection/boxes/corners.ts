/**
 * Boxes as tensors of corners `[…, 4]`: left, top, right, bottom in pixels. Widths are right − left, without a pixel
 * more.
 *
 * @module
 */
import { isTensor } from "../../core/tree.ts";
import { tf } from "../../deps/tfjs.ts";

/** Splits boxes into left, top, right and bottom, each of the shape of the boxes without the last axis. */
export function sidesOf(boxes: tf.Tensor): [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor] {
  if (boxes.shape.at(-1) !== 4) {
    throw new RangeError(`Expected boxes of four numbers each, […, 4], but found [${boxes.shape}]`);
  }
  return tf.unstack(boxes, boxes.rank - 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
}

/**
 * Computes the areas of boxes.
 *
 * @param boxes Shape `[…, 4]`, corners in pixels.
 * @returns Shape `[…]`, in square pixels; negative if a box is turned inside out on one axis.
 * @throws {RangeError} If the last axis does not have four numbers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * assertEquals([...boxAreas(tf.tensor2d([[1, 1, 3, 4]])).dataSync()], [6]);
 * ```
 */
export function boxAreas(boxes: tf.Tensor): tf.Tensor {
  const [left, top, right, bottom] = sidesOf(boxes);
  return right.sub(left).mul(bottom.sub(top));
}

/**
 * Computes the intersection over union of all pairs of boxes.
 *
 * @param a Shape `[n, 4]`, corners in pixels.
 * @param b Shape `[m, 4]`.
 * @returns Shape `[n, m]`, from 0 to 1.
 * @throws {RangeError} If the last axis does not have four numbers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { boxIou } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const overlap = boxIou(tf.tensor2d([[0, 0, 2, 2]]), tf.tensor2d([[0, 0, 2, 1], [5, 5, 6, 6]]));
 * assertEquals([...overlap.dataSync()], [0.5, 0]);
 * ```
 */
export function boxIou(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  const [left, top, right, bottom] = sidesOf(a).map((side) => side.expandDims(1));
  const [otherLeft, otherTop, otherRight, otherBottom] = sidesOf(b).map((side) =>
    side.expandDims(0)
  );
  const width = right.minimum(otherRight).sub(left.maximum(otherLeft)).maximum(0);
  const height = bottom.minimum(otherBottom).sub(top.maximum(otherTop)).maximum(0);
  const shared = width.mul(height);
  const union = boxAreas(a).expandDims(1).add(boxAreas(b).expandDims(0)).sub(shared);
  // Boxes without area overlap nothing, rather than 0 / 0.
  return shared.div(union.maximum(1e-12));
}

/**
 * Moves corners outside an image to its border.
 *
 * @param boxes Shape `[…, 4]`, corners in pixels.
 * @param size Shape `[2]`: height and width of the image in pixels.
 * @returns The same shape.
 * @throws {RangeError} If the last axis of the boxes does not have four numbers, or the size two.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { clipBoxes } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const clipped = clipBoxes(tf.tensor2d([[-1, 2, 9, 30]]), tf.tensor1d([20, 8]));
 * assertEquals([...clipped.dataSync()], [0, 2, 8, 20]);
 * ```
 */
export function clipBoxes<T extends tf.Tensor>(boxes: T, size: tf.Tensor1D): T {
  expectBoxes(boxes, size);
  const [height, width] = tf.unstack(size);
  return boxes.maximum(0).minimum(tf.stack([width, height, width, height])) as T;
}

function expectBoxes(boxes: tf.Tensor, size: tf.Tensor): void {
  if (isTensor(boxes) && boxes.shape.at(-1) === 4 && `${size.shape}` === "2") return;
  throw new RangeError(
    `Expected boxes […, 4] and a size [2] but found [${boxes.shape}] and [${size.shape}]`,
  );
}
