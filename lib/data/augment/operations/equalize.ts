/**
 * Histogram equalisation.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { lookupChannel } from "./lookup.ts";

const table = new Uint8Array(256);
const histogram = new Int32Array(256);

/**
 * Equalises the histogram of each channel, in integer arithmetic as in Pillow. A channel with fewer than 255 pixels
 * darker than its maximum is unchanged.
 *
 * @param canvas The image.
 */
export function equalize(canvas: Canvas): void {
  const { pixels, length, channels } = canvas;
  for (let channel = 0; channel < channels; channel++) {
    histogram.fill(0);
    for (let i = channel; i < length; i += channels) histogram[pixels[i]]++;
    let lightest = 255;
    while (histogram[lightest] === 0) lightest--;
    const step = Math.floor((length / channels - histogram[lightest]) / 255);
    if (step === 0) continue;
    let sum = Math.floor(step / 2);
    for (let value = 0; value < 256; value++) {
      table[value] = Math.min(255, Math.floor(sum / step));
      sum += histogram[value];
    }
    lookupChannel(canvas, channel, table);
  }
}
