/**
 * Annotated images with access to their pixels.
 *
 * @module
 */
import { reading } from "../../data/files/reading.ts";
import { join } from "node:path";
import { DataError } from "../../core/errors.ts";
import { decodeImage } from "../../data/decode.ts";
import type { Decoding, Image } from "../../data/images/image.ts";
import { IMAGENET_MEAN, IMAGENET_STD } from "../../data/statistics.ts";
import type { DetectionDataset } from "../lvis/dataset.ts";

/** Annotated images with access to their pixels. */
export interface DetectionSet {
  /** Images, classes and annotations. */
  readonly dataset: DetectionDataset;
  /** Mean of red, green and blue, on the scale 0 to 1. */
  readonly mean: readonly number[];
  /** Standard deviation of red, green and blue, on the scale 0 to 1. */
  readonly std: readonly number[];
  /**
   * Reads an image.
   *
   * @param image Its index.
   * @returns Pixels of the size that the annotations state.
   * @throws {DataError} If it cannot be read, or has another size.
   */
  read(image: number): Promise<Image>;
}

/** Options of {@linkcode detectionFolder}. */
export interface DetectionFolderOptions extends Decoding {
  /**
   * Mean of red, green and blue, on the scale 0 to 1.
   *
   * @default {ImageNet's}
   */
  readonly mean?: readonly number[];
  /**
   * Standard deviation of red, green and blue, on the scale 0 to 1.
   *
   * @default {ImageNet's}
   */
  readonly std?: readonly number[];
}

/**
 * Opens annotated images in a folder.
 *
 * @param dataset Annotations, with the paths of the images.
 * @param folder Folder in which the paths begin.
 * @param options Normalisation, decoding.
 * @returns The images; they stay on disk.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 * import { detectionFolder } from "@nbn/toolkit/detection";
 *
 * const image = { id: 7, width: 20, height: 10, path: "val2017/7.jpg", notExhaustive: [] };
 * const data = { file: "val.json", images: [image], categories: [], annotations: [], faults: [] };
 * await assertRejects(() => detectionFolder(data, "/nowhere").read(0), Error, "val2017/7.jpg");
 * ```
 */
export function detectionFolder(
  dataset: DetectionDataset,
  folder: string,
  { mean = IMAGENET_MEAN, std = IMAGENET_STD, ...decoding }: DetectionFolderOptions = {},
): DetectionSet {
  return {
    dataset,
    mean,
    std,
    async read(index) {
      const { path, width, height, id } = dataset.images[index];
      const file = join(folder, path);
      const bytes = await reading(file, Deno.readFile);
      const image = await decodeImage(bytes, file, decoding);
      if (image.width !== width || image.height !== height) {
        throw new DataError(
          `Expected image ${id} of ${dataset.file} to have ${width}×${height} pixels but ${file} has ` +
            `${image.width}×${image.height}: the annotations are those of another image`,
        );
      }
      return image;
    },
  };
}
