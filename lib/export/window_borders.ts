/**
 * Padding of convolution and pooling windows.
 *
 * @module
 */
import type { Attribute, Value } from "../engine/graph/graph.ts";

/**
 * Computes the padding of a convolution or pooling.
 *
 * @param x Images, `[batch, height, width, channels]`.
 * @param size Height and width of the window.
 * @param strides Vertical and horizontal stride.
 * @param dilations Vertical and horizontal dilation.
 * @param pad `"same"`, `"valid"` or a number.
 * @returns Padding before and after, for height and for width.
 */
export function windowBorders(
  x: Value,
  size: readonly number[],
  strides: readonly number[],
  dilations: readonly number[],
  pad: Attribute,
): [before: number, after: number][] {
  return [0, 1].map((axis) => {
    if (typeof pad === "number") return [pad, pad];
    if (pad === "valid") return [0, 0];
    const length = x.shape[axis + 1]!;
    const reach = (size[axis] - 1) * dilations[axis] + 1;
    const count = Math.ceil(length / strides[axis]);
    const missing = Math.max(0, (count - 1) * strides[axis] + reach - length);
    return [Math.floor(missing / 2), Math.ceil(missing / 2)];
  });
}
