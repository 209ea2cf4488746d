/**
 * The image that augmentations work on.
 *
 * @module
 */

import { type Rectangle, Resampler } from "../resample.ts";

/**
 * One image in memory that is kept and used again for the next image, so that augmenting
 * allocates nothing once the largest image has been seen.
 *
 * A step changes `pixels` in place, or writes a whole new image into what {@linkcode Canvas.spare}
 * returns and calls {@linkcode Canvas.swap}.
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
  /** Rectangles to set to the mean when normalised: top, left, bottom, right of each. */
  readonly holes: number[] = [];
  #spare: Uint8Array = new Uint8Array(0);
  readonly #resampler = new Resampler();

  /** Number of values of the image: height × width × channels. */
  get length(): number {
    return this.height * this.width * this.channels;
  }

  /**
   * Copies an image onto the canvas and forgets the holes of the one before.
   *
   * @param source Pixels of one or many images.
   * @param offset Where in `source` the image begins.
   * @param height Height in pixels.
   * @param width Width in pixels.
   * @param channels Number of channels.
   * @throws {RangeError} If `source` ends before the image does.
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
   * Room to write a new image into.
   *
   * @param height Height of the new image; the present one if left out.
   * @param width Width of the new image; the present one if left out.
   * @returns At least height × width × channels bytes with anything in them.
   */
  spare(height: number = this.height, width: number = this.width): Uint8Array {
    const length = height * width * this.channels;
    if (this.#spare.length < length) this.#spare = new Uint8Array(length);
    return this.#spare;
  }

  /**
   * Makes what was written into {@linkcode Canvas.spare} the image.
   *
   * @param height Height of the new image; the present one if left out.
   * @param width Width of the new image; the present one if left out.
   */
  swap(height: number = this.height, width: number = this.width): void {
    const pixels = this.#spare;
    this.#spare = this.pixels;
    this.pixels = pixels;
    this.height = height;
    this.width = width;
  }

  /**
   * Makes part of the image, resized as {@linkcode Resampler} does, the image.
   *
   * @param window The part; the image has three channels.
   * @param height Rows that it becomes.
   * @param width Columns that it becomes.
   * @param part The part of the result that is kept; all of it if left out.
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
