/**
 * The box that CutMix pastes.
 *
 * @module
 */
import type { Rng } from "../../core/rng.ts";

/** Half-open intervals of rows and columns of an image. */
export interface Box {
  /** First row, inclusive. */
  readonly top: number;
  /** Last row, exclusive. */
  readonly bottom: number;
  /** First column, inclusive. */
  readonly left: number;
  /** Last column, exclusive. */
  readonly right: number;
}

/**
 * Draws a box around a random pixel that covers a fraction 1 − λ of the image before it is clipped to the image.
 *
 * @param height Rows of the image.
 * @param width Columns of the image.
 * @param fraction λ, 0 to 1.
 * @param random Random stream of the centre.
 * @returns The clipped box; it may be empty.
 */
export function randomBox(height: number, width: number, fraction: number, random: Rng): Box {
  const side = Math.sqrt(1 - fraction);
  const rows = Math.floor(height * side), columns = Math.floor(width * side);
  const y = random.below(height), x = random.below(width);
  const within = (value: number, end: number) => Math.min(Math.max(value, 0), end);
  return {
    top: within(y - Math.floor(rows / 2), height),
    bottom: within(y + Math.floor(rows / 2), height),
    left: within(x - Math.floor(columns / 2), width),
    right: within(x + Math.floor(columns / 2), width),
  };
}

/**
 * Copies a box from one image into another, at the same place.
 *
 * @param from Source images.
 * @param fromStart Offset of the source image.
 * @param to Target images, changed in place.
 * @param toStart Offset of the target image.
 * @param box The box.
 * @param shape Shape of one image, `[height, width, channels]`.
 */
export function paste(
  from: Float32Array,
  fromStart: number,
  to: Float32Array,
  toStart: number,
  { top, bottom, left, right }: Box,
  [, width, channels]: readonly [number, number, number],
): void {
  for (let row = top; row < bottom; row++) {
    const begin = (row * width + left) * channels, end = (row * width + right) * channels;
    to.set(from.subarray(fromStart + begin, fromStart + end), toStart + begin);
  }
}

/** Fraction of an image outside a box. */
export function shareLeft(
  { top, bottom, left, right }: Box,
  height: number,
  width: number,
): number {
  return 1 - (bottom - top) * (right - left) / (height * width);
}
