/**
 * Leakage check: images that are in both the training and the test set.
 *
 * @module
 */
import { sha256 } from "./digest.ts";
import type { ImageDataset } from "./dataset.ts";
import { pathAt } from "./paths.ts";

/** An image that two sets share: its index in each. */
export type CommonImage = readonly [train: number, test: number];

/** Bytes compared at the end of a file before its full content: the beginnings of image files are often identical. */
const END_BYTES = 4096;

/**
 * Finds the images of a test set that are also in the training set: identical file bytes, or identical pixels for
 * images in memory. Only files whose size occurs in both sets are opened, and only those whose last bytes match as well
 * are read in full. Unreadable files are skipped.
 *
 * @param train The training set.
 * @param test The test set, stored the same way as the training set (on disk or in memory).
 * @returns Each such test image once, paired with the first identical training image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin, commonImages, subset } from "@nbn/toolkit/data";
 *
 * const { train, test } = builtin({ max: 10, imbalance: 2, testImages: 1 });
 * assertEquals(commonImages(train, test), []);
 * assertEquals(commonImages(train, subset(train, [7, 3])), [[7, 0], [3, 1]]);
 * ```
 */
export function commonImages(train: ImageDataset, test: ImageDataset): CommonImage[] {
  const keys = train.images.kind === "pixels" ? [pixelKey] : [sizeKey, endKey, contentKey];
  if (train.images.kind !== test.images.kind) return [];
  let ofTrain = Array.from(train.labels, (_, image) => image);
  let ofTest = Array.from(test.labels, (_, image) => image);
  let firsts = new Map<string, number>(), testKeys: (string | undefined)[] = [];
  // Each key costs more than the previous one and is computed for fewer images.
  for (const key of keys) {
    const trainKeys = ofTrain.map((image) => key(train, image));
    testKeys = ofTest.map((image) => key(test, image));
    const inTest = new Set(testKeys);
    firsts = new Map();
    ofTrain = ofTrain.filter((image, i) => {
      const own = trainKeys[i];
      if (own === undefined || !inTest.has(own)) return false;
      if (!firsts.has(own)) firsts.set(own, image);
      return true;
    });
    const kept = testKeys.map((own) => own !== undefined && firsts.has(own));
    ofTest = ofTest.filter((_, i) => kept[i]);
    testKeys = testKeys.filter((_, i) => kept[i]);
  }
  return ofTest.map((image, i) => [firsts.get(testKeys[i]!)!, image]);
}

function pixelKey({ images, shape }: ImageDataset, image: number): string | undefined {
  if (images.kind !== "pixels") return undefined;
  const size = shape[0] * shape[1] * shape[2];
  return sha256(`${shape}`, images.pixels.subarray(image * size, (image + 1) * size));
}

function sizeKey(dataset: ImageDataset, image: number): string | undefined {
  return reading(dataset, image, (path) => {
    const { size, isFile } = Deno.statSync(path);
    return isFile && size > 0 ? String(size) : undefined;
  });
}

function endKey(dataset: ImageDataset, image: number): string | undefined {
  return reading(dataset, image, (path) => {
    using file = Deno.openSync(path);
    const { size } = file.statSync();
    const bytes = new Uint8Array(Math.min(size, END_BYTES));
    file.seekSync(size - bytes.length, Deno.SeekMode.Start);
    const length = file.readSync(bytes) ?? 0;
    return `${size} ${sha256(bytes.subarray(0, length))}`;
  });
}

function contentKey(dataset: ImageDataset, image: number): string | undefined {
  return reading(dataset, image, (path) => sha256(Deno.readFileSync(path)));
}

/** Result of reading an image's file; `undefined` if the file cannot be read. */
function reading(
  { images }: ImageDataset,
  image: number,
  read: (path: string) => string | undefined,
): string | undefined {
  if (images.kind !== "files") return undefined;
  try {
    return read(pathAt(images.paths, image));
  } catch {
    return undefined;
  }
}
