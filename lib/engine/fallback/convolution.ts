/**
 * Shape and padding of a convolution, from the attributes of its gradient kernels.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";

type Shape4D = [number, number, number, number];

/**
 * Returns the geometry of a convolution as TensorFlow.js computes it.
 *
 * @param images Shape `[batch, height, width, channels]`.
 * @param filter Shape `[height, width, channels, filters]`.
 * @param attributes Attributes `strides`, `pad`, `dimRoundingMode` of the kernel.
 * @returns Sizes, strides and padding.
 */
export function convolution(
  images: Shape4D,
  filter: Shape4D,
  attributes: tf.NamedAttrMap | undefined,
): tf.backend_util.Conv2DInfo {
  const { strides, pad, dimRoundingMode } = attributes as unknown as {
    strides: number | [number, number];
    pad: "valid" | "same" | number;
    dimRoundingMode?: "floor" | "round" | "ceil";
  };
  return tf.backend_util.computeConv2DInfo(images, filter, strides, 1, pad, dimRoundingMode);
}

/**
 * Applies the zero padding of a convolution.
 *
 * @param x Shape `[batch, height, width, channels]`.
 * @param padding Rows and columns on each side.
 * @returns The padded images.
 */
export function onAllSides(
  x: tf.Tensor4D,
  { top, bottom, left, right }: tf.backend_util.Conv2DInfo["padInfo"],
): tf.Tensor4D {
  return tf.pad4d(x, [[0, 0], [top, bottom], [left, right], [0, 0]]);
}
