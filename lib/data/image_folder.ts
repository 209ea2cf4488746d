/**
 * A folder of images, one folder inside it for each class.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { labelsOfNames, normalName } from "./class_names.ts";
import type { Fit, ImageDataset } from "./dataset.ts";
import { leftOutLine } from "./files/left_out.ts";
import { walkClasses } from "./files/walk.ts";
import { type Decoding, decodingOf } from "./images/image.ts";
import { pathTable } from "./paths.ts";
import { IMAGENET_MEAN, IMAGENET_STD } from "./statistics.ts";

/** Options of {@linkcode imageFolder}. */
export interface ImageFolderOptions extends Decoding {
  /**
   * Name of each class, as a training set has them: then classes may have no folder, or an empty one.
   *
   * @default {the names of the folders, sorted; none may be empty}
   */
  classNames?: readonly string[];
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
 * sorted by path, so that the same folder gives the same data set anywhere; those of a test set are numbered as the
 * training set's, by `classNames`. Links are followed and hidden files passed over as {@linkcode walkImages} does.
 * Images are decoded when they are needed.
 *
 * @param folder Path of the folder.
 * @param options Class names, size and normalisation.
 * @returns The data set; its images stay on disk, and `images.leftOut` counts what else the folder holds.
 * @throws {DataError} If the folder is missing, holds no class or no image, a class holds no image and classes no
 * names, or a class is none of those named.
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
  const filled = classes.filter(({ paths }) => paths.length > 0);
  // Two spellings of a name are one class.
  const classNames = options.classNames ??
    [...new Set(classes.map(({ name }) => normalName(name)))].sort();
  const places = labelsOfNames(filled.map(({ name }) => name), classNames, { where: folder });
  const sorted = filled.map(({ paths }, place) => ({ paths, label: places[place] }))
    .sort((a, b) => a.label - b.label);
  const paths = sorted.flatMap(({ paths }) => paths);
  const labels = Int32Array.from(sorted.flatMap(({ paths, label }) => paths.map(() => label)));
  const empty = options.classNames ? [] : absentClasses(classNames, labels);
  if (empty.length > 0) {
    throw new DataError(
      `Expected images of class ${empty[0]} in ${folder}/${empty[0]} but found none${besides}: ` +
        `add some or remove the folder`,
    );
  }
  if (paths.length === 0) {
    throw new DataError(`Expected images of classes in ${folder} but found none${besides}`);
  }
  return {
    name: folder.replace(/\/+$/, "").split("/").pop() ?? folder,
    classNames,
    labels,
    shape: [size, size, 3],
    mean,
    std,
    images: {
      kind: "files",
      paths: pathTable(paths, folder),
      fit,
      leftOut,
      ...decodingOf(options),
    },
  };
}

/** Names of the classes that have no image. */
function absentClasses(classNames: readonly string[], labels: Int32Array): string[] {
  const present = new Set(labels);
  return classNames.filter((_, label) => !present.has(label));
}
