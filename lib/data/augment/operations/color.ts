/**
 * Saturation adjustment.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { blend } from "./blend.ts";
import { luminance } from "./luminance.ts";

/**
 * Blends an image with its greyscale version.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude −1 yields greyscale, 0 the image, above 0 more saturated colours.
 */
export function color(canvas: Canvas, magnitude: number): void {
  const { pixels, length } = canvas;
  const factor = Math.fround(1 + magnitude);
  for (let i = 0; i < length; i += 3) {
    const grey = luminance(pixels[i], pixels[i + 1], pixels[i + 2]);
    pixels[i] = blend(grey, pixels[i], factor);
    pixels[i + 1] = blend(grey, pixels[i + 1], factor);
    pixels[i + 2] = blend(grey, pixels[i + 2], factor);
  }
}
