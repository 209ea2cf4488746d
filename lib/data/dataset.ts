/**
 * The type of a data set: labels in memory, images in memory or on disk.
 *
 * @module
 */
import { expectLabels } from "../core/labels.ts";
import type { SkippedContent } from "./files/skipped_content.ts";
import type { Decoding } from "./images/image.ts";
import type { PathTable } from "./paths.ts";

/** Images in memory, shared between threads without copying. */
export interface PixelSource {
  /** Discriminant of the image source. */
  readonly kind: "pixels";
  /** Shape `[images, height, width, channels]`, 0 to 255, over a SharedArrayBuffer. */
  readonly pixels: Uint8Array;
  /** Whether the images come from files with their EXIF orientation applied. */
  readonly exif?: boolean;
}

/**
 * How an image on disk is resized to the data set's size where no augmentation does so: `stretch` resizes both sides
 * regardless of the aspect ratio; `centre-crop` resizes the shorter side to 256/224 of the size and crops the centre,
 * as in ImageNet's evaluation protocol.
 */
export type ResizeMode = "stretch" | "centre-crop";

/** Images on disk, decoded when a batch is prepared. */
export interface FileSource extends Decoding {
  /** Discriminant of the image source. */
  readonly kind: "files";
  /** Path of each image. */
  readonly paths: PathTable;
  /** How images are resized to the data set's size. */
  readonly fit: ResizeMode;
  /** Other content of the folder that is not read. */
  readonly skipped?: readonly SkippedContent[];
}

/** A labelled set of images. It can be posted to a worker. */
export interface ImageDataset {
  /** Name for logs and tables, for instance `cifar10-lt (imbalance 100)`. */
  readonly name: string;
  /** Name of each class; its length is the number of classes. */
  readonly classNames: readonly string[];
  /** Class of each image, from 0. */
  readonly labels: Int32Array;
  /** Height, width and channels of each image in a batch. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Mean of each channel on the scale 0 to 1, for normalisation. */
  readonly mean: readonly number[];
  /** Standard deviation of each channel on the scale 0 to 1. */
  readonly std: readonly number[];
  /** The images, in memory or on disk. */
  readonly images: PixelSource | FileSource;
  /** Category id of each class, if the data set comes from annotations. */
  readonly categoryIds?: readonly number[];
}

/** A set for evaluation: the test set or the validation set. */
export type EvaluationSet = "test" | "val";

/** A training set and an evaluation set, over the training set's classes. */
export interface Split {
  /** Training set, usually long-tailed. */
  readonly train: ImageDataset;
  /** Evaluation set; balanced in most benchmarks. It may lack images of some classes. */
  readonly test: ImageDataset;
  /**
   * Which set `test` is.
   *
   * @default {"test"}
   */
  readonly evaluatedOn?: EvaluationSet;
  /** Validation set, to select the best evaluation by; missing if there is none, or none was requested. */
  readonly validation?: ImageDataset;
  /** Possible mistakes in the data, one line each. */
  readonly warnings?: readonly string[];
}

/**
 * Counts the images of each class.
 *
 * @param dataset Labelled images.
 * @returns One count per class.
 * @throws {RangeError} If a label is none of the classes.
 */
export function classCounts(dataset: Pick<ImageDataset, "labels" | "classNames">): number[] {
  expectLabels(dataset.labels, dataset.classNames.length);
  const counts = new Array<number>(dataset.classNames.length).fill(0);
  for (const label of dataset.labels) counts[label]++;
  return counts;
}
