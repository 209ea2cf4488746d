/**
 * The mixture that colour, contrast, brightness and sharpness are made of.
 *
 * @module
 */

/**
 * Mixes two values as Pillow's `Image.blend` does: in float32, cut off to 0 to 255, and truncated.
 *
 * @param from What a factor of 0 gives, 0 to 255.
 * @param to What a factor of 1 gives, 0 to 255.
 * @param factor Share of `to`, as a float32; above 1 goes beyond it.
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
