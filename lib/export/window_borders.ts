/**
 * How far windows reach over the edges of images.
 *
 * @module
 */
import type { Attribute, Value } from "../engine/graph/graph.ts";

/**
 * Borders of a convolution or pooling.
 *
 * @param x Images, `[batch, height, width, channels]`.
 * @param size Height and width of the window.
 * @param strides Step between windows.
 * @param dilations Distance between elements of a window.
 * @param pad `"same"`, `"valid"` or a number.
 * @returns For height and for width how far windows reach over the beginning and over the end.
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
