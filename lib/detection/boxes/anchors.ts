/**
 * Anchors: the boxes that a region proposal network moves.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import { elementsOf } from "../../core/shape.ts";
import { halfToEven } from "../../data/augment/half_to_even.ts";
import { tf } from "../../deps/tfjs.ts";

/** Options of {@linkcode anchorsOf}. */
export interface AnchorOptions {
  /**
   * Side of a square anchor in strides.
   *
   * @default {8}
   */
  readonly scale?: number;
  /**
   * Ratios of height to width.
   *
   * @default {½, 1, 2}
   */
  readonly ratios?: readonly number[];
  /**
   * Whether corners around the centre are rounded to whole pixels, half to even, as in torchvision.
   *
   * @default {false, as in mmdetection}
   */
  readonly rounded?: boolean;
}

/** A map of features. */
export interface Level {
  /** Height in cells. */
  readonly height: number;
  /** Width in cells. */
  readonly width: number;
  /** Pixels of the image between two cells. */
  readonly stride: number;
}

/**
 * Lists the anchors of a map: around the upper left corner of every cell, row by row, one for each ratio r with width
 * scale · stride / √r and height scale · stride · √r.
 *
 * @param level Size and stride of the map.
 * @param options Scale and ratios.
 * @returns Shape `[height · width · ratios, 4]`, corners in pixels, also outside the image.
 * @throws {RangeError} If a size is not a whole number, or a stride, scale or ratio not above 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { anchorsOf } from "@nbn/toolkit/detection";
 * import { engine } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const anchors = anchorsOf({ height: 1, width: 2, stride: 4 }, { ratios: [1] });
 * assertEquals([...anchors.dataSync()], [-16, -16, 16, 16, -12, -16, 20, 16]);
 * ```
 */
export function anchorsOf(
  { height, width, stride }: Level,
  { scale = 8, ratios = [0.5, 1, 2], rounded = false }: AnchorOptions = {},
): tf.Tensor2D {
  expectRange("an integer of at least 0", { height, width });
  expectRange("above 0", { stride, scale });
  for (const ratio of ratios) expectRange("above 0", { ratio });
  const corners = ratios.map((ratio) => {
    const half = scale * stride / 2,
      across = half / Math.sqrt(ratio),
      down = half * Math.sqrt(ratio);
    return [-across, -down, across, down].map((side) => rounded ? halfToEven(side) : side);
  });
  const values = new Float32Array(elementsOf([height, width, ratios.length, 4]));
  let at = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = column * stride, y = row * stride;
      for (const [left, top, right, bottom] of corners) {
        values[at++] = x + left;
        values[at++] = y + top;
        values[at++] = x + right;
        values[at++] = y + bottom;
      }
    }
  }
  return tf.tensor2d(values, [at / 4, 4]);
}
