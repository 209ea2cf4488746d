/**
 * Automatic contrast.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { lookupChannel } from "./lookup.ts";

const table = new Uint8Array(256);

/**
 * Stretches each channel so that its darkest value becomes 0 and its lightest 255; a channel of one
 * value stays.
 *
 * @param canvas The image.
 */
export function autoContrast(canvas: Canvas): void {
  const { pixels, length, channels } = canvas;
  for (let channel = 0; channel < channels; channel++) {
    let low = 255, high = 0;
    for (let i = channel; i < length; i += channels) {
      if (pixels[i] < low) low = pixels[i];
      if (pixels[i] > high) high = pixels[i];
    }
    if (high <= low) continue;
    const scale = 255 / (high - low), offset = -low * scale;
    for (let value = low; value <= high; value++) {
      table[value] = Math.min(255, Math.max(0, Math.trunc(value * scale + offset)));
    }
    lookupChannel(canvas, channel, table);
  }
}
