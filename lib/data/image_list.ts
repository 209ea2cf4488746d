/**
 * A list of images: a path and a label in each line.
 *
 * @module
 */
import { dirname } from "node:path";
import { DataError } from "../core/errors.ts";
import type { Fit, ImageDataset } from "./dataset.ts";
import { duplicates } from "./lists/duplicates.ts";
import { missing } from "./lists/missing.ts";
import { lineAt, parseList } from "./lists/parse.ts";
import { SHOWN, someOf } from "./lists/some_of.ts";
import { type PathTable, sharedBytes } from "./paths.ts";
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
   * @default {"0", "1", … up to the largest label, none of which may be missing}
   */
  readonly classNames?: readonly string[];
  /**
   * Height and width that images are resized to.
   *
   * @default {224}
   */
  readonly size?: number;
  /**
   * How an image of another size comes to this one.
   *
   * @default {"stretch"}
   */
  readonly fit?: Fit;
  /**
   * Whether every file is looked for now rather than when it is needed.
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
 * Reads a list of images as ImageNet-LT, Places-LT and iNaturalist 2018 come: lines of `path label`, labels
 * from 0. The list is read once and its bytes are kept as they are; images are decoded when they are needed.
 *
 * @param file Path of the list.
 * @param options Folder, class names, size, normalisation.
 * @returns The data set; its images stay on disk.
 * @throws {DataError} If the list is missing or empty, lines are not a path and a label, an image stands in it twice,
 * labels have gaps and classes no names, or `checkFiles` finds files missing: all are counted, the first few named
 * with their lines.
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
  const { root = dirname(file), size = 224, fit = "stretch", classNames } = options;
  const { mean = IMAGENET_MEAN, std = IMAGENET_STD } = options;
  const bytes = await readShared(file);
  const { starts, ends, labels, malformed } = parseList(bytes, classNames?.length);
  if (malformed.length > 0) {
    const range = classNames ? `from 0 to ${classNames.length - 1}` : "of at least 0";
    const lines = malformed.slice(0, SHOWN).map((place) =>
      `"${lineFrom(bytes, place)}" in line ${lineAt(bytes, place)}`
    );
    throw new DataError(
      `Expected a path and a label ${range} in every line of ${file} but found ` +
        someOf(lines, malformed.length),
    );
  }
  if (labels.length === 0) throw new DataError(`Expected images in ${file} but found none`);
  const paths = { root, bytes, starts, ends };
  expectOnce(file, paths);
  if (!classNames) expectEveryLabel(file, labels);
  if (options.checkFiles) expectFiles(file, paths);
  return {
    name: file.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, ""),
    classNames: classNames ?? Array.from({ length: largestOf(labels) + 1 }, (_, i) => String(i)),
    labels,
    shape: [size, size, 3],
    mean,
    std,
    images: { kind: "files", paths, fit },
  };
}

/** A whole file in memory that threads share. */
async function readShared(file: string): Promise<Uint8Array> {
  try {
    using handle = await Deno.open(file);
    const { size } = await handle.stat();
    const bytes = sharedBytes(size);
    let length = 0;
    while (length < size) {
      const read = handle.readSync(bytes.subarray(length));
      if (read === null) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } catch (cause) {
    throw new DataError(
      `Expected a list of images at ${file} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
}

function lineFrom(bytes: Uint8Array, place: number): string {
  const end = bytes.indexOf(10, place);
  const line = bytes.subarray(place, end < 0 ? bytes.length : end);
  return new TextDecoder().decode(line).trim();
}

function expectOnce(file: string, paths: PathTable): void {
  const twice = duplicates(paths);
  if (twice.length === 0) return;
  const { bytes, starts, ends } = paths;
  const line = (image: number) => lineAt(bytes, starts[image]);
  const words = twice.slice(0, SHOWN).map(([first, later]) =>
    `${new TextDecoder().decode(bytes.subarray(starts[first], ends[first]))} ` +
    `in lines ${line(first)} and ${line(later)}`
  );
  throw new DataError(
    `Expected each image once in ${file} but found ${
      someOf(words, twice.length)
    }: remove one of each`,
  );
}

function expectEveryLabel(file: string, labels: Int32Array): void {
  const largest = largestOf(labels);
  const present = new Set(labels), absent: number[] = [];
  for (let label = 0; label < largest && absent.length < SHOWN; label++) {
    if (!present.has(label)) absent.push(label);
  }
  if (absent.length === 0) return;
  throw new DataError(
    `Expected images of every label from 0 to ${largest} in ${file} but found none of ` +
      `${someOf(absent, largest + 1 - present.size)}: number classes without gaps`,
  );
}

function expectFiles(file: string, paths: PathTable): void {
  const absent = missing(paths);
  if (absent.length === 0) return;
  const { root, bytes, starts, ends } = paths;
  const words = absent.slice(0, SHOWN).map((image) =>
    `${new TextDecoder().decode(bytes.subarray(starts[image], ends[image]))} ` +
    `(line ${lineAt(bytes, starts[image])})`
  );
  throw new DataError(
    `Expected the ${starts.length} images of ${file} in ${root} but ${absent.length} are missing: ` +
      `${someOf(words, absent.length)}; add them, or give the folder that paths begin in as root`,
  );
}

function largestOf(labels: Int32Array): number {
  return labels.reduce((most, label) => Math.max(most, label), 0);
}
