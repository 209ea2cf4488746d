/**
 * Sharpness adjustment.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { blend } from "./blend.ts";

/**
 * Blends an image with its smoothed version: every pixel except those at the border is replaced by the weighted mean of
 * its 3 × 3 neighbourhood, with weight 5 at the centre and 1 elsewhere.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude −1 yields the smoothed image, 0 the image, above 0 a sharper one.
 */
export function sharpness(canvas: Canvas, magnitude: number): void {
  const { pixels, height, width, length } = canvas;
  const factor = Math.fround(1 + magnitude);
  const out = canvas.spare();
  for (let i = 0; i < length; i++) out[i] = pixels[i];
  const row = width * 3;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * row + 3; i < y * row + row - 3; i++) {
      const above = pixels[i - row - 3] + pixels[i - row] + pixels[i - row + 3];
      const adjacent = pixels[i - 3] + 5 * pixels[i] + pixels[i + 3];
      const below = pixels[i + row - 3] + pixels[i + row] + pixels[i + row + 3];
      const smooth = Math.floor((above + adjacent + below) / 13 + 0.5);
      out[i] = blend(smooth, pixels[i], factor);
    }
  }
  canvas.swap();
}
