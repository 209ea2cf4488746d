/**
 * Applies the EXIF orientation to an image.
 *
 * @module
 */
import type { Image } from "./image.ts";
import type { Orientation } from "./exif.ts";

/**
 * Applies an orientation to an image.
 *
 * @param image The image as stored.
 * @param orientation Its EXIF orientation.
 * @returns The image as displayed; orientations from 5 on swap width and height.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const pixels = Uint8Array.of(1, 1, 1, 2, 2, 2);
 * const { width, height, pixels: turned } = upright({ width: 2, height: 1, pixels }, 8);
 * assertEquals([width, height, ...turned], [1, 2, 2, 2, 2, 1, 1, 1]);
 * ```
 */
export function upright(image: Image, orientation: Orientation): Image {
  if (orientation === 1) return image;
  const { width, height, pixels } = image;
  const transposed = orientation >= 5;
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const turned = new Uint8Array(pixels.length);
  for (let row = 0, from = 0; row < height; row++) {
    const y = fromBottom ? height - 1 - row : row;
    for (let column = 0; column < width; column++, from += 3) {
      const x = fromRight ? width - 1 - column : column;
      const to = 3 * (transposed ? x * height + y : y * width + x);
      turned[to] = pixels[from];
      turned[to + 1] = pixels[from + 1];
      turned[to + 2] = pixels[from + 2];
    }
  }
  return transposed
    ? { width: height, height: width, pixels: turned }
    : { width, height, pixels: turned };
}
