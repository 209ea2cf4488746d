/**
 * Inversion.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";

/**
 * Replaces every value x by 255 − x.
 *
 * @param canvas The image.
 */
export function invert(canvas: Canvas): void {
  const { pixels, length } = canvas;
  for (let i = 0; i < length; i++) pixels[i] = 255 - pixels[i];
}
