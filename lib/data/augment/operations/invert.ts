/**
 * The negative.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";

/**
 * Replaces every value by 255 less it.
 *
 * @param canvas The image.
 */
export function invert(canvas: Canvas): void {
  const { pixels, length } = canvas;
  for (let i = 0; i < length; i++) pixels[i] = 255 - pixels[i];
}
