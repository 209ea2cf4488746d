/**
 * A folder of images with one subfolder for each class.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { labelsOfNames, normalName } from "./class_names.ts";
import type { ImageDataset, ResizeMode } from "./dataset.ts";
import { describeSkipped } from "./files/skipped_content.ts";
import { walkClasses } from "./files/walk.ts";
import { type Decoding, decodingOf } from "./images/image.ts";
import { pathTable } from "./paths.ts";
import { IMAGENET_MEAN, IMAGENET_STD } from "./statistics.ts";

/** Options of {@linkcode imageFolder}. */
export interface ImageFolderOptions extends Decoding {
  /**
   * Name of each class, as in the training set. With it, classes may have no folder, or an empty one.
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
   * How images of another size are resized.
   *
   * @default {"stretch"}
   */
  fit?: ResizeMode;
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
 * Lists a folder of images: `<folder>/<class>/…/<image>`. Classes are numbered in the order of their names and images
 * are sorted by path, so that the same folder yields the same data set on every machine; for a test set, `classNames`
 * gives the training set's numbering. Links are followed and hidden files skipped as in {@linkcode walkImages}. Images
 * are decoded lazily.
 *
 * @param folder Path of the folder.
 * @param options Class names, size and normalisation.
 * @returns The data set; its images stay on disk, and `images.skipped` counts the other content of the folder.
 * @throws {DataError} If the folder is missing, contains no classes or no images, a class contains no images and no
 * class names are given, or a class is not among those names.
 */
// deno-lint-ignore require-await -- errors are rejections.
export async function imageFolder(
  folder: string,
  options: ImageFolderOptions = {},
): Promise<ImageDataset> {
  const { size = 224, fit = "stretch", mean = IMAGENET_MEAN, std = IMAGENET_STD } = options;
  const { classes, skipped } = walkClasses(folder);
  const besides = skipped.length === 0 ? "" : ` besides ${describeSkipped(skipped)}`;
  if (classes.length === 0) {
    throw new DataError(
      `Expected ${folder} to contain one folder of images per class but found no folder in it${besides}`,
    );
  }
  const filled = classes.filter(({ paths }) => paths.length > 0);
  // Different Unicode spellings of a name are one class.
  const classNames = options.classNames ??
    [...new Set(classes.map(({ name }) => normalName(name)))].sort();
  const labelOf = labelsOfNames(filled.map(({ name }) => name), classNames, { where: folder });
  const sorted = filled.map(({ paths }, index) => ({ paths, label: labelOf[index] }))
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
      skipped,
      ...decodingOf(options),
    },
  };
}

/** Names of the classes without images. */
function absentClasses(classNames: readonly string[], labels: Int32Array): string[] {
  const present = new Set(labels);
  return classNames.filter((_, label) => !present.has(label));
}
