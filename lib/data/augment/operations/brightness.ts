/**
 * Brightness adjustment.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { blend } from "./blend.ts";
import { lookup } from "./lookup.ts";

const table = new Uint8Array(256);

/**
 * Blends an image with black.
 *
 * @param canvas The image.
 * @param magnitude −1 gives black, 0 the image, above 0 a brighter one.
 */
export function brightness(canvas: Canvas, magnitude: number): void {
  const factor = Math.fround(1 + magnitude);
  for (let value = 0; value < 256; value++) table[value] = blend(0, value, factor);
  lookup(canvas, table);
}
