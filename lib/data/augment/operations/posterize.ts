/**
 * Posterising.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";

/**
 * Keeps only the highest bits of every value.
 *
 * @param canvas The image.
 * @param magnitude Number of bits to keep, an integer from 0 to 8.
 */
export function posterize(canvas: Canvas, magnitude: number): void {
  const { pixels, length } = canvas;
  const mask = 256 - (1 << (8 - magnitude));
  for (let i = 0; i < length; i++) pixels[i] &= mask;
}
