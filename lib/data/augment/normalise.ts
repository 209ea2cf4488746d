/**
 * Converts bytes to normalised floats.
 *
 * @module
 */
import type { Canvas } from "./canvas.ts";

/**
 * Writes the normalised image of a canvas into an array.
 *
 * @param canvas The image.
 * @param out Output array; values `[height, width, channels]` in float32.
 * @param offset Offset of the image in `out`.
 */
export type Normalise = (canvas: Canvas, out: Float32Array, offset: number) => void;

/**
 * Builds the normalisation (x / 255 − mean) / std of each channel. Holes of the canvas are set to 0, which is the mean.
 *
 * @param mean Mean of each channel on the scale 0 to 1.
 * @param std Standard deviation of each channel on the scale 0 to 1.
 * @returns The function that normalises an image.
 * @throws {RangeError} If means and deviations differ in number, or are not finite, or a deviation is not above 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Canvas } from "./canvas.ts";
 *
 * const canvas = new Canvas();
 * canvas.load(Uint8Array.of(0, 255), 0, 1, 2, 1);
 * const out = new Float32Array(2);
 * normaliser([0.5], [0.25])(canvas, out, 0);
 * assertEquals([...out], [-2, 2]);
 * ```
 */
export function normaliser(mean: readonly number[], std: readonly number[]): Normalise {
  if (mean.length !== std.length || mean.length === 0) {
    throw new RangeError(
      `Expected as many deviations as means but found ${std.length} and ${mean.length}`,
    );
  }
  if (!mean.every(Number.isFinite) || !std.every((value) => value > 0 && value < Infinity)) {
    throw new RangeError(
      `Expected finite means and deviations above 0 but found mean ${mean} and std ${std}`,
    );
  }
  const channels = mean.length;
  const tables = new Float32Array(256 * channels);
  for (let value = 0; value < 256; value++) {
    for (let c = 0; c < channels; c++) {
      tables[256 * c + value] = (value / 255 - mean[c]) / std[c];
    }
  }
  return (canvas, out, offset) => {
    if (canvas.channels !== channels) {
      throw new RangeError(
        `Expected images with ${channels} channels, as many as means, ` +
          `but found ${canvas.channels}`,
      );
    }
    const { pixels, length, width, holes } = canvas;
    if (channels === 3) {
      for (let i = 0; i < length; i += 3) {
        out[offset + i] = tables[pixels[i]];
        out[offset + i + 1] = tables[256 + pixels[i + 1]];
        out[offset + i + 2] = tables[512 + pixels[i + 2]];
      }
    } else {
      for (let i = 0; i < length; i++) {
        out[offset + i] = tables[256 * (i % channels) + pixels[i]];
      }
    }
    for (let hole = 0; hole < holes.length; hole += 4) {
      const left = holes[hole + 1] * channels, right = holes[hole + 3] * channels;
      for (let y = holes[hole]; y < holes[hole + 2]; y++) {
        const row = offset + y * width * channels;
        out.fill(0, row + left, row + right);
      }
    }
  };
}
