/**
 * Shearing.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { affine } from "./affine.ts";
import { bicubicAffine } from "./bicubic.ts";

/**
 * Shears an image along its rows; the upper left corner stays.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Columns per row; rows move to the left where it is above 0.
 * @param fill Value of each channel where pixels come from outside.
 */
export function shearX(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  affine(canvas, 1, magnitude, 0, 0, 1, 0, fill);
}

/**
 * Shears an image along its columns; the upper left corner stays.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Rows per column; columns move up where it is above 0.
 * @param fill Value of each channel where pixels come from outside.
 */
export function shearY(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  affine(canvas, 1, 0, 0, magnitude, 1, 0, fill);
}

/**
 * {@linkcode shearX}, bicubic.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Columns per row; rows move to the left where it is above 0.
 * @param fill Value of each channel where pixels come from outside.
 */
export function smoothShearX(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  bicubicAffine(canvas, 1, magnitude, 0, 0, 1, 0, fill);
}

/**
 * {@linkcode shearY}, bicubic.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Rows per column; columns move up where it is above 0.
 * @param fill Value of each channel where pixels come from outside.
 */
export function smoothShearY(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  bicubicAffine(canvas, 1, 0, 0, magnitude, 1, 0, fill);
}
