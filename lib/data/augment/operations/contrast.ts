/**
 * Contrast adjustment.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { blend } from "./blend.ts";
import { lookup } from "./lookup.ts";
import { luminance } from "./luminance.ts";

const table = new Uint8Array(256);

/**
 * Blends an image with its mean luminance.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude −1 yields uniform grey, 0 the image, above 0 more contrast.
 */
export function contrast(canvas: Canvas, magnitude: number): void {
  const { pixels, length } = canvas;
  let sum = 0;
  for (let i = 0; i < length; i += 3) sum += luminance(pixels[i], pixels[i + 1], pixels[i + 2]);
  const mean = Math.floor(sum / (length / 3) + 0.5);
  const factor = Math.fround(1 + magnitude);
  for (let value = 0; value < 256; value++) table[value] = blend(mean, value, factor);
  lookup(canvas, table);
}
