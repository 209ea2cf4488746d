/**
 * Digests by which a data set is recognised wherever it is stored and whatever it is called.
 *
 * @module
 */
import type { ImageDataset } from "./dataset.ts";
import { sha256 } from "./digest.ts";
import { MAX_PIXELS } from "./images/image.ts";
import { pathAt, type PathTable } from "./paths.ts";

/** Upper bound of the number of files whose sizes are read; 10,000 take about 50 ms. */
const MOST_SIZES = 10_000;
const SLASH = "/".charCodeAt(0);

/**
 * Computes the SHA-256 of what a training learns from: labels, class names, image size, normalisation, and pixels.
 *
 * For images on disk, what follows replaces the pixels, because reading every file would take as long as an epoch:
 * decoding, paths relative to the common folder, and file sizes at regular intervals of up to 10,000 files. A file that
 * changes without changing its size is not noticed.
 *
 * @param dataset The data set; its name and the folder of its images do not matter.
 * @returns 64 hexadecimal digits.
 *
 * @example
 * ```ts
 * import { assertEquals, assertNotEquals } from "@std/assert";
 * import { builtin } from "@nbn/toolkit/data";
 *
 * const { train, test } = builtin({ max: 20, imbalance: 10, testImages: 1 });
 * assertEquals(contentDigest({ ...train, name: "renamed" }), contentDigest(train));
 * assertNotEquals(contentDigest(test), contentDigest(train));
 * ```
 */
export function contentDigest(
  { labels, images, classNames, shape, mean, std }: ImageDataset,
): string {
  const described = [JSON.stringify([classNames, shape, mean, std]), bytesOf(labels)];
  if (images.kind === "pixels") return sha256(...described, images.pixels);
  const { paths, fit, exif = false, maxPixels = MAX_PIXELS } = images;
  const decoding = JSON.stringify([fit, exif, maxPixels]);
  return sha256(...described, decoding, ...relativePaths(paths), fileSizes(paths));
}

/** Returns the sizes of files at regular intervals in bytes, −1 for a file that cannot be read. */
export function fileSizes(paths: PathTable): Uint8Array {
  const count = paths.starts.length, interval = Math.ceil(count / MOST_SIZES);
  const sizes = new Float64Array(count && Math.ceil(count / interval));
  for (let i = 0; i < sizes.length; i++) sizes[i] = sizeOf(pathAt(paths, i * interval));
  return bytesOf(sizes);
}

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    return -1;
  }
}

/** Returns the paths of a table without the folder that all begin with, and their lengths. */
function relativePaths(
  { bytes, starts, ends }: PathTable,
): [paths: Uint8Array, lengths: Uint8Array] {
  const count = starts.length, lengths = new Uint32Array(count);
  let common = count && ends[0] - starts[0], total = 0;
  for (let i = 0; i < count; i++) {
    lengths[i] = ends[i] - starts[i];
    total += lengths[i];
    let equal = 0;
    while (equal < common && bytes[starts[i] + equal] === bytes[starts[0] + equal]) equal++;
    common = equal;
  }
  while (common > 0 && bytes[starts[0] + common - 1] !== SLASH) common--;
  const joined = new Uint8Array(total - count * common);
  let length = 0;
  for (let i = 0; i < count; i++) {
    lengths[i] -= common;
    joined.set(bytes.subarray(starts[i] + common, ends[i]), length);
    length += lengths[i];
  }
  return [joined, bytesOf(lengths)];
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
