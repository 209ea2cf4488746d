/**
 * Reusable image buffer that augmentations work on.
 *
 * @module
 */

import { type Rectangle, Resampler } from "../resample.ts";

/**
 * Buffers of one image, reused for the next one, so that augmentation allocates nothing after the largest image.
 *
 * A step changes `pixels` in place, or writes a new image into {@linkcode Canvas.spare} and calls
 * {@linkcode Canvas.swap}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const canvas = new Canvas();
 * canvas.load(Uint8Array.of(1, 2, 3, 4, 5, 6), 0, 1, 2, 3);
 * assertEquals([...canvas.pixels.subarray(0, canvas.length)], [1, 2, 3, 4, 5, 6]);
 * ```
 */
export class Canvas {
  /** Pixels `[height, width, channels]`, 0 to 255; the array may be longer than the image. */
  pixels: Uint8Array = new Uint8Array(0);
  /** Height in pixels. */
  height = 0;
  /** Width in pixels. */
  width = 0;
  /** Number of channels, 3 for colour. */
  channels = 0;
  /** Rectangles that normalisation sets to the mean: top, left, bottom, right of each. */
  readonly holes: number[] = [];
  #spare: Uint8Array = new Uint8Array(0);
  readonly #resampler = new Resampler();

  /** Number of values of the image: height × width × channels. */
  get length(): number {
    return this.height * this.width * this.channels;
  }

  /**
   * Copies an image onto the canvas and clears the holes of the previous one.
   *
   * @param source Pixels of one or many images.
   * @param offset Offset of the image in `source`.
   * @param height Height in pixels.
   * @param width Width in pixels.
   * @param channels Number of channels.
   * @throws {RangeError} If `source` is too short.
   */
  load(source: Uint8Array, offset: number, height: number, width: number, channels: number): void {
    const length = height * width * channels;
    if (offset < 0 || offset + length > source.length) {
      throw new RangeError(
        `Expected ${length} values of an image from ${offset} on but found ${source.length} in all`,
      );
    }
    if (this.pixels.length < length) this.pixels = new Uint8Array(length);
    this.pixels.set(source.subarray(offset, offset + length));
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.holes.length = 0;
  }

  /**
   * Returns a buffer for a new image.
   *
   * @param height Height of the new image; by default the current one.
   * @param width Width of the new image; by default the current one.
   * @returns At least height × width × channels bytes, uninitialised.
   */
  spare(height: number = this.height, width: number = this.width): Uint8Array {
    const length = height * width * this.channels;
    if (this.#spare.length < length) this.#spare = new Uint8Array(length);
    return this.#spare;
  }

  /**
   * Makes the content of {@linkcode Canvas.spare} the current image.
   *
   * @param height Height of the new image; by default the current one.
   * @param width Width of the new image; by default the current one.
   */
  swap(height: number = this.height, width: number = this.width): void {
    const pixels = this.#spare;
    this.#spare = this.pixels;
    this.pixels = pixels;
    this.height = height;
    this.width = width;
  }

  /**
   * Replaces the image by a part of it, resized as by {@linkcode Resampler}.
   *
   * @param window The part to resize; the image must have three channels.
   * @param height Height of the resized window.
   * @param width Width of the resized window.
   * @param part Crop of the resized window; by default all of it.
   */
  resize(
    window: Rectangle,
    height: number,
    width: number,
    part: Rectangle = { left: 0, top: 0, width, height },
  ): void {
    const out = this.spare(part.height, part.width);
    const { pixels: source, width: columns } = this;
    this.#resampler.resample({ source, columns, window, width, height, part, out });
    this.swap(part.height, part.width);
  }
}
