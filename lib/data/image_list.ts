/**
 * A list of images: a path and a label in each line.
 *
 * @module
 */
import { dirname, isAbsolute, join } from "node:path";
import { DataError } from "../core/errors.ts";
import type { ImageDataset } from "./dataset.ts";
import { IMAGENET_MEAN, IMAGENET_STD } from "./statistics.ts";

/** Options of {@linkcode imageList}. */
export interface ImageListOptions {
  /**
   * Folder that paths begin in.
   *
   * @default {the folder of the list}
   */
  readonly root?: string;
  /**
   * Name of each class.
   *
   * @default {"0", "1", … up to the largest label}
   */
  readonly classNames?: readonly string[];
  /**
   * Height and width that images are resized to.
   *
   * @default {224}
   */
  readonly size?: number;
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
 * Reads a list of images as ImageNet-LT, Places-LT and iNaturalist 2018 come: lines of `path label`, labels
 * from 0. Images are decoded when they are needed.
 *
 * @param file Path of the list.
 * @param options Folder, class names, size, normalisation.
 * @returns The data set; its images stay on disk.
 * @throws {DataError} If the list is missing or empty, or a line is not a path and a label, naming it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
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
  const { root = dirname(file), size = 224, mean = IMAGENET_MEAN, std = IMAGENET_STD } = options;
  let text: string;
  try {
    text = await Deno.readTextFile(file);
  } catch (cause) {
    throw new DataError(
      `Expected a list of images at ${file} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
  const paths: string[] = [], labels: number[] = [];
  const classes = options.classNames?.length ?? Infinity;
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === "") return;
    const [, path, label] = /^(.+?)\s+(\S+)\s*$/.exec(line) ?? [];
    const value = Number(label);
    if (path === undefined || !Number.isSafeInteger(value) || value < 0 || value >= classes) {
      const range = classes === Infinity ? "of at least 0" : `from 0 to ${classes - 1}`;
      throw new DataError(
        `Expected a path and a label ${range} in line ${i + 1} of ${file} but found "${line}"`,
      );
    }
    paths.push(isAbsolute(path) ? path : join(root, path));
    labels.push(value);
  });
  if (paths.length === 0) throw new DataError(`Expected images in ${file} but found none`);
  const largest = labels.reduce((most, label) => Math.max(most, label), 0);
  return {
    name: file.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, ""),
    classNames: options.classNames ?? Array.from({ length: largest + 1 }, (_, i) => String(i)),
    labels: Int32Array.from(labels),
    shape: [size, size, 3],
    mean,
    std,
    images: { kind: "files", paths },
  };
}
