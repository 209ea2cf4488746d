/**
 * Shearing.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { affine } from "./affine.ts";
import { bicubicAffine } from "./bicubic.ts";

/**
 * Shears an image horizontally; the upper left corner is fixed.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Columns per row; positive values move rows to the left.
 * @param fill Value of each channel of pixels from outside the image.
 */
export function shearX(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  affine(canvas, 1, magnitude, 0, 0, 1, 0, fill);
}

/**
 * Shears an image vertically; the upper left corner is fixed.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Rows per column; positive values move columns up.
 * @param fill Value of each channel of pixels from outside the image.
 */
export function shearY(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  affine(canvas, 1, 0, 0, magnitude, 1, 0, fill);
}

/**
 * As {@linkcode shearX}, with bicubic interpolation.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Columns per row; positive values move rows to the left.
 * @param fill Value of each channel of pixels from outside the image.
 */
export function smoothShearX(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  bicubicAffine(canvas, 1, magnitude, 0, 0, 1, 0, fill);
}

/**
 * As {@linkcode shearY}, with bicubic interpolation.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Rows per column; positive values move columns up.
 * @param fill Value of each channel of pixels from outside the image.
 */
export function smoothShearY(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  bicubicAffine(canvas, 1, 0, 0, magnitude, 1, 0, fill);
}
