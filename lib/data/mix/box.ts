/**
 * The box that CutMix pastes.
 *
 * @module
 */
import type { Rng } from "../../core/rng.ts";

/** Rows and columns of an image, the ends excluded. */
export interface Box {
  /** First row. */
  readonly top: number;
  /** Row after the last. */
  readonly bottom: number;
  /** First column. */
  readonly left: number;
  /** Column after the last. */
  readonly right: number;
}

/**
 * A box around a random pixel that would cover 1 − λ of an image if it did not end at the image's edges.
 *
 * @param height Rows of the image.
 * @param width Columns of the image.
 * @param share λ, 0 to 1.
 * @param random Stream to draw the centre from.
 * @returns The box; it may be empty.
 */
export function randomBox(height: number, width: number, share: number, random: Rng): Box {
  const side = Math.sqrt(1 - share);
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
 * @param from All images that are copied from.
 * @param fromStart Where the image begins.
 * @param to All images that are copied into.
 * @param toStart Where the image begins.
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

/** Share of an image that a box leaves. */
export function shareLeft(
  { top, bottom, left, right }: Box,
  height: number,
  width: number,
): number {
  return 1 - (bottom - top) * (right - left) / (height * width);
}
