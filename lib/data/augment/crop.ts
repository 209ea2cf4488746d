/**
 * Random crop.
 *
 * @module
 */
import { type Fill, fillValues, type Step } from "./step.ts";

/** Random crop: the image is padded, and a random window of fixed size is cropped. */
export interface Crop {
  /** Discriminant of the augmentation. */
  readonly name: "crop";
  /**
   * Padding on each side in pixels.
   *
   * @default {4}
   */
  readonly padding?: number;
  /** Height and width of the window; by default those of the image. */
  readonly size?: readonly [height: number, width: number];
  /**
   * Value of the padding.
   *
   * @default {0}
   */
  readonly fill?: Fill;
}

/**
 * Builds a random crop as torchvision's `RandomCrop(size, padding)`; every position of the window is equally likely.
 *
 * @param options Padding, window and fill.
 * @returns A step that draws two random numbers.
 * @throws {RangeError} If padding or size are not integers in range; when applied, if the window is larger than the
 * padded image.
 *
 * @example An image within its frame
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { Canvas } from "./canvas.ts";
 *
 * const canvas = new Canvas();
 * canvas.load(Uint8Array.of(7), 0, 1, 1, 1);
 * crop({ name: "crop", padding: 1, size: [3, 3] })(canvas, rng(0));
 * assertEquals([...canvas.pixels], [0, 0, 0, 0, 7, 0, 0, 0, 0]);
 * ```
 */
export function crop(options: Crop): Step {
  const { padding = 4, size } = options;
  const fill = fillValues(options.fill ?? 0);
  if (!Number.isInteger(padding) || padding < 0) {
    throw new RangeError(`Expected padding to be an integer of at least 0 but found ${padding}`);
  }
  if (size && !size.every((side) => Number.isInteger(side) && side > 0)) {
    throw new RangeError(`Expected the crop's size to be two integers above 0 but found ${size}`);
  }
  return (canvas, random) => {
    const { pixels, height, width, channels } = canvas;
    const [rows, columns] = size ?? [height, width];
    if (rows > height + 2 * padding || columns > width + 2 * padding) {
      throw new RangeError(
        `Expected images of at least ${rows - 2 * padding} × ${columns - 2 * padding} pixels ` +
          `for a crop of ${rows} × ${columns} but found ${height} × ${width}`,
      );
    }
    const top = random.below(height + 2 * padding - rows + 1) - padding;
    const left = random.below(width + 2 * padding - columns + 1) - padding;
    const out = canvas.spare(rows, columns);
    const first = Math.max(0, -left), end = Math.min(columns, width - left);
    for (let y = 0; y < rows; y++) {
      const inside = y + top >= 0 && y + top < height;
      const row = y * columns * channels;
      const from = inside ? first : columns, to = inside ? end : columns;
      for (let x = 0; x < from; x++) {
        for (let c = 0; c < channels; c++) out[row + x * channels + c] = fill[c];
      }
      const shift = ((y + top) * width + left) * channels - row;
      for (let i = row + from * channels; i < row + to * channels; i++) out[i] = pixels[i + shift];
      for (let x = to; x < columns; x++) {
        for (let c = 0; c < channels; c++) out[row + x * channels + c] = fill[c];
      }
    }
    canvas.swap(rows, columns);
  };
}
