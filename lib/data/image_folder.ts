/**
 * A folder of images, one folder inside it for each class.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import type { Fit, ImageDataset } from "./dataset.ts";
import { leftOutLine } from "./files/left_out.ts";
import { walkClasses } from "./files/walk.ts";
import { pathTable } from "./paths.ts";
import { IMAGENET_MEAN, IMAGENET_STD } from "./statistics.ts";

/** Options of {@linkcode imageFolder}. */
export interface ImageFolderOptions {
  /**
   * Height and width that images are resized to.
   *
   * @default {224}
   */
  size?: number;
  /**
   * How an image of another size comes to this one.
   *
   * @default {"stretch"}
   */
  fit?: Fit;
  /**
   * Mean of each channel on the scale 0 to 1, for normalisation.
   *
   * @default {ImageNet's}
   */
  mean?: readonly number[];
  /**
   * Standard deviation of each channel on the scale 0 to 1.
   *
   * @default {ImageNet's}
   */
  std?: readonly number[];
}

/**
 * Lists a folder of images: `<folder>/<class>/…/<image>`. Classes are numbered in the order of their names, images
 * sorted by path, so that the same folder gives the same data set anywhere. Links are followed and hidden files
 * passed over as {@linkcode walkImages} does. Images are decoded when they are needed.
 *
 * @param folder Path of the folder.
 * @param options Size and normalisation.
 * @returns The data set; its images stay on disk, and `images.leftOut` counts what else the folder holds.
 * @throws {DataError} If the folder is missing, holds no class, or a class holds no image.
 */
// deno-lint-ignore require-await -- errors are rejections.
export async function imageFolder(
  folder: string,
  options: ImageFolderOptions = {},
): Promise<ImageDataset> {
  const { size = 224, fit = "stretch", mean = IMAGENET_MEAN, std = IMAGENET_STD } = options;
  const { classes, leftOut } = walkClasses(folder);
  const besides = leftOut.length === 0 ? "" : ` besides ${leftOutLine(leftOut)}`;
  if (classes.length === 0) {
    throw new DataError(
      `Expected ${folder} to hold one folder of images for each class but found no folder in it${besides}`,
    );
  }
  const empty = classes.find(({ paths }) => paths.length === 0);
  if (empty) {
    throw new DataError(
      `Expected images of class ${empty.name} in ${folder}/${empty.name} but found none${besides}: ` +
        `add some or remove the folder`,
    );
  }
  const paths = classes.flatMap(({ paths }) => paths);
  const labels = classes.flatMap(({ paths }, label) => paths.map(() => label));
  return {
    name: folder.replace(/\/+$/, "").split("/").pop() ?? folder,
    classNames: classes.map(({ name }) => name),
    labels: Int32Array.from(labels),
    shape: [size, size, 3],
    mean,
    std,
    images: { kind: "files", paths: pathTable(paths, folder), fit, leftOut },
  };
}
