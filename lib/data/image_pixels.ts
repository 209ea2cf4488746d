/**
 * Reads the pixels of images in memory or on disk.
 *
 * @module
 */
import { orderedBatches } from "./batches/mod.ts";
import type { ImageDataset } from "./dataset.ts";
import { subset } from "./subset.ts";

/** An image in memory. */
export interface Pixels {
  /** Height in pixels. */
  readonly height: number;
  /** Width in pixels. */
  readonly width: number;
  /** Red, green, blue from 0 to 255, `[height, width, 3]`. */
  readonly values: Uint8ClampedArray;
}

/**
 * Reads images of a data set.
 *
 * @param dataset The data set.
 * @param indices Indices of the images.
 * @returns Their pixels; single-channel images become grey RGB.
 * @throws {RangeError} If an index is out of range.
 * @throws {DataError} If an image cannot be read.
 */
export async function imagePixels(
  dataset: ImageDataset,
  indices: readonly number[],
): Promise<Pixels[]> {
  if (indices.length === 0) return [];
  const [height, width, channels] = dataset.shape;
  const found: Pixels[] = [];
  const size = height * width * channels;
  for await (const { images, labels } of orderedBatches(subset(dataset, indices), { batch: 64 })) {
    for (let i = 0; i < labels.length; i++) {
      const values = new Uint8ClampedArray(height * width * 3);
      for (let index = 0; index < height * width; index++) {
        for (let c = 0; c < 3; c++) {
          const channel = Math.min(c, channels - 1);
          const value = images[i * size + index * channels + channel];
          // Undoes the normalisation of batches.
          values[index * 3 + c] = 255 * (value * dataset.std[channel] + dataset.mean[channel]);
        }
      }
      found.push({ height, width, values });
    }
  }
  return found;
}

/**
 * Adds an opaque alpha channel to an image, for PNG encoding.
 *
 * @param image The RGB image.
 * @returns RGBA values, `[height, width, 4]`.
 */
export function rgba({ height, width, values }: Pixels): Uint8Array {
  const data = new Uint8Array(height * width * 4).fill(255);
  for (let index = 0; index < height * width; index++) {
    data.set(values.subarray(index * 3, index * 3 + 3), index * 4);
  }
  return data;
}
