/**
 * A list of images: one path and label for each.
 *
 * @module
 */
import { dirname } from "node:path";
import { DataError } from "../core/errors.ts";
import { labelsOfNames } from "./class_names.ts";
import type { ImageDataset, ResizeMode } from "./dataset.ts";
import { type Decoding, decodingOf } from "./images/image.ts";
import { duplicates } from "./lists/duplicates.ts";
import { expectFiles } from "./lists/expect_files.ts";
import { LABELS_FROM_1, type ReadList, readList } from "./lists/read_list.ts";
import { SHOWN, someOf } from "./lists/some_of.ts";
import { pathAt } from "./paths.ts";
import { IMAGENET_MEAN, IMAGENET_STD } from "./statistics.ts";

/** Options of {@linkcode imageList}. */
export interface ImageListOptions extends Decoding {
  /**
   * Root folder of relative paths.
   *
   * @default {the folder of the list}
   */
  readonly root?: string;
  /**
   * Name of each class, as in the training set. With it, the list may lack classes.
   *
   * @default {"0", "1", … up to the largest label, without gaps; if labels are names, these, sorted}
   */
  readonly classNames?: readonly string[];
  /**
   * Label of the first class, if labels are numbers.
   *
   * @default {0}
   */
  readonly labelsFrom?: number;
  /**
   * Height and width that images are resized to.
   *
   * @default {224}
   */
  readonly size?: number;
  /**
   * How images of another size are resized.
   *
   * @default {"stretch"}
   */
  readonly fit?: ResizeMode;
  /**
   * Whether to check eagerly that every file exists.
   *
   * @default {false}
   */
  readonly checkFiles?: boolean;
  /**
   * Mean of each channel on the scale 0 to 1, for normalisation.
   *
   * @default {ImageNet's}
   */
  readonly mean?: readonly number[];
  /**
   * Standard deviation of each channel on the scale 0 to 1.
   *
   * @default {ImageNet's}
   */
  readonly std?: readonly number[];
}

/**
 * Reads a list of images in the format of ImageNet-LT, Places-LT and iNaturalist 2018: lines of `path label`, labels
 * from 0. The list is read once and kept as bytes; images are decoded lazily.
 *
 * Labels may be class names, which may contain spaces, instead of numbers. A list may also have columns (CSV, separated
 * by commas, semicolons or tabs) with a header that names them: `path` (or `file`, `file_name`, `filename`, `filepath`,
 * `image`) and `label` (or `class`, `class_name`, `category`), in any order; other columns are ignored.
 *
 * @param file Path of the list.
 * @param options Root folder, class names, size, normalisation.
 * @returns The data set; its images stay on disk.
 * @throws {DataError} If the list is missing, empty or not in UTF-8, a line is not a path and a label, an image is
 * listed twice, a label is not among the classes, labels have gaps and no class names are given, or `checkFiles` finds
 * missing files. All errors are counted, the first few named with their lines.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imageList } from "@nbn/toolkit/data";
 *
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, "cats/1.jpg 0\ndogs/1.jpg 1\n");
 * const { labels, classNames } = await imageList(file);
 * assertEquals([[...labels], classNames], [[0, 1], ["0", "1"]]);
 * await Deno.remove(file);
 * ```
 */
export async function imageList(
  file: string,
  options: ImageListOptions = {},
): Promise<ImageDataset> {
  const { root = dirname(file), size = 224, fit = "stretch", labelsFrom } = options;
  const { mean = IMAGENET_MEAN, std = IMAGENET_STD } = options;
  const list = await readList(file, { classes: options.classNames?.length, labelsFrom });
  expectOnce(file, list);
  const { classNames, labels } = classesOf(file, list, options);
  const paths = { ...list.paths, root };
  if (options.checkFiles) {
    expectFiles(file, paths, (image) => ` (${list.unit} ${list.placeOf(image)})`);
  }
  return {
    name: file.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, ""),
    classNames,
    labels,
    shape: [size, size, 3],
    mean,
    std,
    images: { kind: "files", paths, fit, ...decodingOf(options) },
  };
}

/** Returns class names, and labels that index them. */
function classesOf(
  file: string,
  { labels, names }: ReadList,
  { classNames, labelsFrom = 0 }: ImageListOptions,
): Pick<ImageDataset, "classNames" | "labels"> {
  if (names) {
    const known = classNames ?? names.toSorted();
    const labelOf = labelsOfNames(names, known, { where: file });
    return { classNames: known, labels: labels.map((label) => labelOf[label]) };
  }
  if (classNames) return { classNames, labels };
  expectEveryLabel(file, labels, labelsFrom);
  const numbers = Array.from({ length: largestOf(labels) + 1 }, (_, i) => String(i + labelsFrom));
  return { classNames: numbers, labels };
}

function expectOnce(file: string, list: ReadList): void {
  const twice = duplicates(list.paths);
  if (twice.length === 0) return;
  const words = twice.slice(0, SHOWN).map(([first, later]) =>
    `${pathAt(list.paths, first)} in ${list.unit}s ${list.placeOf(first)} and ${
      list.placeOf(later)
    }`
  );
  throw new DataError(
    `Expected each image once in ${file} but found ${
      someOf(words, twice.length)
    }: remove the duplicates`,
  );
}

function expectEveryLabel(file: string, labels: Int32Array, from: number): void {
  const largest = largestOf(labels);
  const present = new Set(labels), absent: number[] = [];
  for (let label = 0; label < largest && absent.length < SHOWN; label++) {
    if (!present.has(label)) absent.push(label + from);
  }
  if (absent.length === 0) return;
  const count = largest + 1 - present.size;
  const hint = count === 1 && absent[0] === 0 ? LABELS_FROM_1 : "number classes without gaps";
  throw new DataError(
    `Expected images of every label from ${from} to ${
      largest + from
    } in ${file} but found none of ` +
      `${someOf(absent, count)}: ${hint}`,
  );
}

function largestOf(labels: Int32Array): number {
  return labels.reduce((max, label) => Math.max(max, label), 0);
}
