/**
 * Resizing images.
 *
 * @module
 */
import type { Image } from "./decode.ts";

/**
 * Resizes with a triangle filter that widens when shrinking (antialiased bilinear, as PIL's `BILINEAR`).
 *
 * @param image The image.
 * @param width New width in pixels.
 * @param height New height in pixels.
 * @returns The resized image; the same one if the size is right already.
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
  const across = weights(image.width, width), down = weights(image.height, height);
  // Rows first, rounded to bytes in between, as PIL does.
  const narrow = new Uint8Array(image.height * width * 3);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, shares } = across[x];
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0.5;
        for (let k = 0; k < shares.length; k++) {
          sum += shares[k] * image.pixels[(y * image.width + first + k) * 3 + channel];
        }
        narrow[(y * width + x) * 3 + channel] = clamp(sum);
      }
    }
  }
  const pixels = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y++) {
    const { first, shares } = down[y];
    for (let i = 0; i < width * 3; i++) {
      let sum = 0.5;
      for (let k = 0; k < shares.length; k++) {
        sum += shares[k] * narrow[(first + k) * width * 3 + i];
      }
      pixels[y * width * 3 + i] = clamp(sum);
    }
  }
  return { width, height, pixels };
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.floor(value)));
}

/** For each new pixel, which old ones it is made of and by which shares. */
function weights(from: number, to: number): { first: number; shares: number[] }[] {
  const scale = from / to, reach = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(from, Math.floor(centre + reach + 0.5));
    const shares: number[] = [];
    for (let k = first; k < end; k++) {
      shares.push(Math.max(0, 1 - Math.abs((k + 0.5 - centre) / reach)));
    }
    const sum = shares.reduce((total, share) => total + share, 0);
    return { first, shares: shares.map((share) => share / sum) };
  });
}
