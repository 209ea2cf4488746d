/**
 * Luminance of a colour.
 *
 * @module
 */

/**
 * Computes the luminance of a colour by ITU-R 601-2, rounded as in Pillow's `convert("L")`.
 *
 * @param red Red, 0 to 255.
 * @param green Green, 0 to 255.
 * @param blue Blue, 0 to 255.
 * @returns An integer from 0 to 255.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(luminance(255, 0, 0), 76);
 * ```
 */
export function luminance(red: number, green: number, blue: number): number {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}
