/**
 * Solarising.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";

/**
 * Inverts all values greater than or equal to a threshold.
 *
 * @param canvas The image.
 * @param magnitude The threshold, 0 (inverts all) to 256 (none).
 */
export function solarize(canvas: Canvas, magnitude: number): void {
  const { pixels, length } = canvas;
  for (let i = 0; i < length; i++) {
    if (pixels[i] >= magnitude) pixels[i] = 255 - pixels[i];
  }
}
