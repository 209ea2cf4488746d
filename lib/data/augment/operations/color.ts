/**
 * Colour saturation.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { blend } from "./blend.ts";
import { luminance } from "./luminance.ts";

/**
 * Mixes an image with its black-and-white version.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude −1 gives black and white, 0 the image, above 0 stronger colours.
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
