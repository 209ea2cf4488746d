/**
 * Shifting.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { affine } from "./affine.ts";

/**
 * Shifts an image to the right.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Columns, rounded towards 0; to the left where it is below 0.
 * @param fill Value of each channel where pixels come from outside.
 */
export function translateX(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  affine(canvas, 1, 0, -Math.trunc(magnitude), 0, 1, 0, fill);
}

/**
 * Shifts an image down.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Rows, rounded towards 0; up where it is below 0.
 * @param fill Value of each channel where pixels come from outside.
 */
export function translateY(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  affine(canvas, 1, 0, 0, 0, 1, -Math.trunc(magnitude), fill);
}

/**
 * Shifts an image to the right by columns that are rounded to the nearest.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Columns; to the left where it is below 0.
 * @param fill Value of each channel where pixels come from outside.
 */
export function roundedTranslateX(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  affine(canvas, 1, 0, -magnitude, 0, 1, 0, fill);
}

/**
 * Shifts an image down by rows that are rounded to the nearest.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Rows; up where it is below 0.
 * @param fill Value of each channel where pixels come from outside.
 */
export function roundedTranslateY(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  affine(canvas, 1, 0, 0, 0, 1, -magnitude, fill);
}
