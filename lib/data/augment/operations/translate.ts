/**
 * Translation.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { affine } from "./affine.ts";

/**
 * Shifts an image to the right.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Columns, rounded towards 0; negative values shift to the left.
 * @param fill Value of each channel of pixels from outside the image.
 */
export function translateX(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  affine(canvas, 1, 0, -Math.trunc(magnitude), 0, 1, 0, fill);
}

/**
 * Shifts an image down.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Rows, rounded towards 0; negative values shift up.
 * @param fill Value of each channel of pixels from outside the image.
 */
export function translateY(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  affine(canvas, 1, 0, 0, 0, 1, -Math.trunc(magnitude), fill);
}

/**
 * Shifts an image to the right, rounding to the nearest column.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Columns; negative values shift to the left.
 * @param fill Value of each channel of pixels from outside the image.
 */
export function roundedTranslateX(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  affine(canvas, 1, 0, -magnitude, 0, 1, 0, fill);
}

/**
 * Shifts an image down, rounding to the nearest row.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Rows; negative values shift up.
 * @param fill Value of each channel of pixels from outside the image.
 */
export function roundedTranslateY(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  affine(canvas, 1, 0, 0, 0, 1, -magnitude, fill);
}
