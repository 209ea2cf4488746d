/**
 * The common size of all images of several data sets.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import type { ImageDataset } from "./dataset.ts";
import { type ImageSize, imageSize } from "./images/image_size.ts";
import { bytesInWords } from "./memory.ts";
import { pathAt } from "./paths.ts";

/** Side in pixels that the error message suggests. */
const SMALL = 64;
/** Files read concurrently. */
const CHUNK = 32;

/**
 * Reads the sizes of all images without decoding them.
 *
 * @param folder Folder of the data sets, for error messages.
 * @param datasets Data sets on disk. Unreadable images are skipped.
 * @returns The size of all images; `undefined` if none can be read.
 * @throws {DataError} If sizes differ; the message estimates the memory needed.
 */
export async function commonSize(
  folder: string,
  datasets: readonly ImageDataset[],
): Promise<ImageSize | undefined> {
  let first: ImageSize | undefined, smallest: ImageSize | undefined, largest: ImageSize | undefined;
  let images = 0, others = 0;
  for (const { images: source, labels } of datasets) {
    if (source.kind !== "files") continue;
    images += labels.length;
    for (let from = 0; from < labels.length; from += CHUNK) {
      const count = Math.min(CHUNK, labels.length - from);
      const sizes = await Promise.all(
        Array.from(
          { length: count },
          (_, i) => imageSize(pathAt(source.paths, from + i), source.exif),
        ),
      );
      for (const size of sizes) {
        if (!size) continue;
        first ??= size;
        if (size.height !== first.height || size.width !== first.width) others++;
        if (!smallest || area(size) < area(smallest)) smallest = size;
        if (!largest || area(size) > area(largest)) largest = size;
      }
    }
  }
  if (others === 0) return first;
  const bytes = 3 * images;
  throw new DataError(
    `Expected images of one size in ${folder} but found ${words(smallest!)} to ${
      words(largest!)
    } ` +
      `pixels: give --size. At ${
        words(first!)
      }, the size of the first, the ${images} images would ` +
      `take ${bytesInWords(bytes * area(first!))} in memory and on disk, with --size ${SMALL} ` +
      `${bytesInWords(bytes * SMALL ** 2)}`,
  );
}

function area({ height, width }: ImageSize): number {
  return height * width;
}

function words({ height, width }: ImageSize): string {
  return `${width} × ${height}`;
}
