/**
 * Automatic contrast.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { lookupChannel } from "./lookup.ts";

const table = new Uint8Array(256);

/**
 * Stretches each channel linearly so that its minimum becomes 0 and its maximum 255; a constant channel is unchanged.
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
