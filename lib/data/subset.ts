/**
 * Subsets of data sets.
 *
 * @module
 */
import type { Part } from "../core/parts.ts";
import type { ImageDataset } from "./dataset.ts";
import { pickPaths } from "./paths.ts";

/**
 * Selects images of a data set.
 *
 * @param dataset The data set.
 * @param indices Indices of the images, in the order of the result.
 * @param name Name of the subset.
 * @returns A new data set with the same classes.
 * @throws {RangeError} If an index is out of range.
 */
export function subset(
  dataset: ImageDataset,
  indices: ArrayLike<number>,
  name: string = dataset.name,
): ImageDataset {
  const labels = Int32Array.from(indices, (index) => {
    if (index in dataset.labels) return dataset.labels[index];
    throw new RangeError(
      `Expected indices from 0 to ${dataset.labels.length - 1} but found ${index}`,
    );
  });
  const { images } = dataset;
  if (images.kind === "files") {
    const paths = pickPaths(images.paths, indices);
    return { ...dataset, name, labels, images: { ...images, paths } };
  }
  const size = dataset.shape.reduce((product, extent) => product * extent, 1);
  const pixels = new Uint8Array(new SharedArrayBuffer(indices.length * size));
  for (let i = 0; i < indices.length; i++) {
    pixels.set(images.pixels.subarray(indices[i] * size, (indices[i] + 1) * size), i * size);
  }
  return { ...dataset, name, labels, images: { ...images, pixels } };
}

/**
 * Selects consecutive images of a data set; pixels are shared with it rather than copied.
 *
 * @param dataset The data set.
 * @param part The images.
 * @returns A new data set with the same classes.
 */
export function consecutive(dataset: ImageDataset, { first, count }: Part): ImageDataset {
  const { images } = dataset;
  if (images.kind === "files") {
    return subset(dataset, Int32Array.from({ length: count }, (_, i) => first + i));
  }
  const size = dataset.shape.reduce((product, extent) => product * extent, 1);
  const pixels = images.pixels.subarray(first * size, (first + count) * size);
  const labels = dataset.labels.subarray(first, first + count);
  return { ...dataset, labels, images: { ...images, pixels } };
}
