/**
 * Resizes images.
 *
 * @module
 */
import type { Image } from "./images/image.ts";
import { Resampler } from "./resample.ts";

/**
 * Resizes with a triangle filter that widens when shrinking (antialiased bilinear, as PIL's `BILINEAR`).
 *
 * @param image The image.
 * @param width New width in pixels.
 * @param height New height in pixels.
 * @returns The resized image, or the same one if it already has that size.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const image = { width: 2, height: 1, pixels: Uint8Array.of(0, 0, 0, 100, 100, 100) };
 * assertEquals(resize(image, 1, 1).pixels, Uint8Array.of(50, 50, 50));
 * ```
 */
export function resize(image: Image, width: number, height: number): Image {
  if (image.width === width && image.height === height) return image;
  const pixels = new Uint8Array(height * width * 3);
  new Resampler().resample({
    source: image.pixels,
    columns: image.width,
    window: { left: 0, top: 0, width: image.width, height: image.height },
    width,
    height,
    part: { left: 0, top: 0, width, height },
    out: pixels,
  });
  return { width, height, pixels };
}
