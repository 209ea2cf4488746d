/**
 * Pointwise operations with lookup tables.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";

/**
 * Replaces every value of an image by its entry in a table.
 *
 * @param canvas The image.
 * @param table 256 values.
 */
export function lookup(canvas: Canvas, table: Uint8Array): void {
  const { pixels, length } = canvas;
  for (let i = 0; i < length; i++) pixels[i] = table[pixels[i]];
}

/**
 * Replaces every value of one channel by its entry in a table.
 *
 * @param canvas The image.
 * @param channel Which channel, from 0.
 * @param table 256 values.
 */
export function lookupChannel(canvas: Canvas, channel: number, table: Uint8Array): void {
  const { pixels, length, channels } = canvas;
  for (let i = channel; i < length; i += channels) pixels[i] = table[pixels[i]];
}
