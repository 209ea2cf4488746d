/**
 * Blending, the basis of colour, contrast, brightness and sharpness.
 *
 * @module
 */

/**
 * Blends two values as Pillow's `Image.blend`: in float32, clamped to [0, 255] and truncated.
 *
 * @param from Result for a factor of 0, 0 to 255.
 * @param to Result for a factor of 1, 0 to 255.
 * @param factor Weight of `to`, as a float32; above 1 it extrapolates.
 * @returns An integer from 0 to 255.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(blend(100, 200, 0.5), 150);
 * assertEquals(blend(100, 200, 3), 255);
 * ```
 */
export function blend(from: number, to: number, factor: number): number {
  const mixed = Math.fround(from + Math.fround(factor * (to - from)));
  return mixed <= 0 ? 0 : mixed >= 255 ? 255 : Math.trunc(mixed);
}
