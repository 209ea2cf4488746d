/**
 * Executable augmentation steps.
 *
 * @module
 */
import type { Rng } from "../../core/rng.ts";
import type { Canvas } from "./canvas.ts";

/** Changes the image on a canvas, drawing random numbers from `random`. */
export type Step = (canvas: Canvas, random: Rng) => void;

/** Value of pixels from outside the image: one for all channels or one for each, 0 to 255. */
export type Fill = number | readonly number[];

/**
 * Expands a fill value to one value for each channel.
 *
 * @param fill One value, or one for each channel.
 * @returns One value for each of up to four channels.
 * @throws {RangeError} If a value is not an integer from 0 to 255.
 */
export function fillValues(fill: Fill): Uint8Array {
  const values = typeof fill === "number" ? [fill, fill, fill, fill] : fill;
  for (const value of values) {
    if (!Number.isInteger(value) || value < 0 || value > 255) {
      throw new RangeError(`Expected fill to be an integer from 0 to 255 but found ${value}`);
    }
  }
  return Uint8Array.from(values);
}

/**
 * Checks that an image has three channels, as colour operations require.
 *
 * @param canvas The image.
 * @param step Name of the step, for the message.
 * @throws {RangeError} If the image has another number of channels.
 */
export function expectColour(canvas: Canvas, step: string): void {
  if (canvas.channels !== 3) {
    throw new RangeError(
      `Expected images with 3 channels for ${step} but found ${canvas.channels}; remove ${step}`,
    );
  }
}
