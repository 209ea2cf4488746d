/**
 * What a data set is: labels in memory, images in memory or on disk.
 *
 * @module
 */

import type { LeftOut } from "./files/left_out.ts";
import type { Decoding } from "./images/image.ts";
import type { PathTable } from "./paths.ts";

/** Images in memory: shared between threads, never copied. */
export interface PixelSource {
  /** Tells the sources apart. */
  readonly kind: "pixels";
  /** Shape `[images, height, width, channels]`, 0 to 255, over a SharedArrayBuffer. */
  readonly pixels: Uint8Array;
}

/**
 * How an image on disk comes to the size of its data set, where no augmentation brings it there: `stretch` resizes
 * both sides, whatever becomes of their ratio; `centre-crop` resizes the shorter side to 256/224 of the size and
 * takes the middle, as images of ImageNet's kind are evaluated.
 */
export type Fit = "stretch" | "centre-crop";

/** Images on disk, decoded when a batch is prepared. */
export interface FileSource extends Decoding {
  /** Tells the sources apart. */
  readonly kind: "files";
  /** Path of each image. */
  readonly paths: PathTable;
  /** How images come to the data set's size. */
  readonly fit: Fit;
  /** What else their folder holds that is not read. */
  readonly leftOut?: readonly LeftOut[];
}

/** A labelled set of images. It can be handed to a worker as it is. */
export interface ImageDataset {
  /** Name for logs and tables, for instance `cifar10-lt (imbalance 100)`. */
  readonly name: string;
  /** Name of each class; its length is the number of classes. */
  readonly classNames: readonly string[];
  /** Class of each image, from 0. */
  readonly labels: Int32Array;
  /** Height, width and channels that a batch of it has. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Mean of each channel on the scale 0 to 1, for normalisation. */
  readonly mean: readonly number[];
  /** Standard deviation of each channel on the scale 0 to 1. */
  readonly std: readonly number[];
  /** Where the images are. */
  readonly images: PixelSource | FileSource;
  /** Id of each class, where annotations number categories in their own way. */
  readonly categoryIds?: readonly number[];
}

/** A set to evaluate on: the test set or the validation set. */
export type EvaluationSet = "test" | "val";

/** A training set and one to evaluate on, over the classes of the training set. */
export interface Split {
  /** What is trained on: long-tailed. */
  readonly train: ImageDataset;
  /** What is evaluated on: balanced where the benchmark is. It may lack images of some classes. */
  readonly test: ImageDataset;
  /**
   * Which set `test` is.
   *
   * @default {"test"}
   */
  readonly evaluatedOn?: EvaluationSet;
  /** What looks like a mistake in the data, one line each, for the user to judge. */
  readonly warnings?: readonly string[];
}

/**
 * Number of images of each class.
 *
 * @param dataset Labelled images.
 * @returns One count per class.
 */
export function classCounts(dataset: Pick<ImageDataset, "labels" | "classNames">): number[] {
  const counts = new Array<number>(dataset.classNames.length).fill(0);
  for (const label of dataset.labels) counts[label]++;
  return counts;
}
