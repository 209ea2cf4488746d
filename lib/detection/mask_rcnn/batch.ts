/**
 * Batches of annotated images, as tensors of fixed size.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";
import type { Objects } from "../boxes/assign.ts";

/** Images of a batch. */
export type ImageBatch = {
  /**
   * Normalised images, padded with zeros on the right and at the bottom to a multiple of 32. Shape
   * `[batch, height, width, 3]`.
   */
  readonly images: tf.Tensor4D;
  /** Height and width of each image before padding. Shape `[batch, 2]`, float32. */
  readonly sizes: tf.Tensor2D;
};

/** Images with objects, padded to a fixed number for each image. */
export type DetectionBatch = ImageBatch & {
  /** Corners in pixels of the padded images; 0 for padding. Shape `[batch, objects, 4]`. */
  readonly boxes: tf.Tensor3D;
  /** Class of each object. Shape `[batch, objects]`, int32. */
  readonly labels: tf.Tensor2D;
  /** 1 for objects, 0 for padding. Shape `[batch, objects]`, float32. */
  readonly present: tf.Tensor2D;
  /** Masks of the objects over the padded images. Shape `[batch, objects, height, width]`, bool. */
  readonly masks: tf.Tensor4D;
};

/** The objects of one image of a batch, with their labels. */
export function objectsOf(
  { boxes, labels, present }: DetectionBatch,
  image: number,
): Objects & { labels: tf.Tensor1D } {
  const [, count] = labels.shape;
  return {
    boxes: boxes.slice([image, 0, 0], [1, count, 4]).reshape([count, 4]),
    labels: labels.slice([image, 0], [1, count]).reshape([count]),
    present: present.slice([image, 0], [1, count]).reshape([count]),
  };
}

/** The size of one image before padding. Shape `[2]`. */
export function sizeOf({ sizes }: ImageBatch, image: number): tf.Tensor1D {
  return sizes.slice([image, 0], [1, 2]).reshape([2]);
}

/** One image of a tensor over a batch. */
export function imageOf(x: tf.Tensor2D, image: number): tf.Tensor1D;
export function imageOf(x: tf.Tensor3D, image: number): tf.Tensor2D;
export function imageOf(x: tf.Tensor, image: number): tf.Tensor {
  const rest = x.shape.slice(1);
  return x.slice([image, ...rest.map(() => 0)], [1, ...rest]).reshape(rest);
}
