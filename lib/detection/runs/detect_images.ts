/**
 * Detecting objects in image files with the detector of a run.
 *
 * @module
 */
import { dirname } from "node:path";
import { DataError } from "../../core/errors.ts";
import { givenImages } from "../../data/given_images.ts";
import { type Decoding, decodingOf } from "../../data/images/image.ts";
import { readHeader } from "../../data/images/read_header.ts";
import { pathAt } from "../../data/paths.ts";
import type { Precision } from "../../engine/precision.ts";
import { detectionFolder, type DetectionSet } from "../data/detection_set.ts";
import { detectSet } from "../data/detect_set.ts";
import type { DetectionImage } from "../lvis/dataset.ts";
import { readDetectionDataset } from "../lvis/read_dataset.ts";
import type { CocoResult } from "../lvis/results.ts";
import type { OpenedDetector } from "./open_detector.ts";

/** Options of {@linkcode detectImages}. */
export interface DetectImagesOptions extends Pick<Decoding, "maxPixels"> {
  /**
   * Folder that paths in lists and annotations are relative to.
   *
   * @default {the folder of each list}
   */
  readonly root?: string;
  /**
   * Number of images at a time.
   *
   * @default {1}
   */
  readonly batch?: number;
  /**
   * Precision of the detector.
   *
   * @default {"float32"}
   */
  readonly precision?: Precision;
  /** Called after each batch with the number of images done, and of all. */
  readonly onProgress?: (done: number, images: number) => void;
}

/** A detection in COCO's results format, with the path of its image. */
export interface ImageDetection extends CocoResult {
  /** Path of the image. */
  readonly file_name: string;
}

/** Detections of images. */
export interface DetectedImages {
  /** The images, whose pixels can be read. */
  readonly images: DetectionSet;
  /** Their detections, the best scored of each image first. */
  readonly results: readonly ImageDetection[];
  /** Notes about files that are not read, one line each. */
  readonly notes: readonly string[];
}

/**
 * Detects objects in images. The id of an image is that of its annotations, if images are given by a file of them;
 * else the number at the end of its name, as COCO names its files, if all have one and none twice; else its place, from
 * 1.
 *
 * @param opened The detector, from {@linkcode openDetector}.
 * @param inputs Paths of images, folders and lists of them; or one `.json` file of annotations.
 * @param options Root of lists, batch, precision.
 * @returns Detections in COCO's results format.
 * @throws {DataError} If a path does not exist or contains no image, or an image cannot be decoded.
 */
export async function detectImages(
  opened: OpenedDetector,
  inputs: readonly string[],
  { root, batch = 1, precision, onProgress, maxPixels }: DetectImagesOptions = {},
): Promise<DetectedImages> {
  const decoding = decodingOf({ maxPixels });
  const isAnnotated = inputs.length === 1 && /\.json$/i.test(inputs[0]);
  const { set, notes } = isAnnotated
    ? await annotated(inputs[0], root, decoding)
    : await found(inputs, opened.categories.map(({ name }) => name), root, decoding);
  const { mean, std, categories, detector, recipe: { dataSet } } = opened;
  const images = { ...set, mean, std, dataset: { ...set.dataset, categories } };
  const count = images.dataset.images.length;
  const results = await detectSet(detector, opened, images, {
    fit: dataSet.fit,
    most: dataSet.detections,
    batch,
    precision,
    onProgress: (done) => onProgress?.(done, count),
  });
  const paths = new Map(images.dataset.images.map(({ id, path }) => [id, path]));
  return {
    images,
    results: results.map((result) => ({ ...result, file_name: paths.get(result.image_id)! })),
    notes,
  };
}

/** The images of a file of annotations. */
async function annotated(file: string, root: string | undefined, decoding: Decoding) {
  const dataset = await readDetectionDataset(file);
  return { set: detectionFolder(dataset, root ?? dirname(file), decoding), notes: [] };
}

/** Images of unknown content. */
async function found(
  inputs: readonly string[],
  classNames: readonly string[],
  root: string | undefined,
  decoding: Decoding,
): Promise<{ set: DetectionSet; notes: readonly string[] }> {
  const { paths: table, notes } = await givenImages(inputs, classNames, { root });
  const paths = Array.from(table.starts, (_, image) => pathAt(table, image));
  expectEachOnce(paths);
  const ids = idsOf(paths), images: DetectionImage[] = [];
  for (const [image, path] of paths.entries()) {
    const { width, height } = await readHeader(path);
    images.push({ id: ids[image], path, width, height, notExhaustive: [] });
  }
  const dataset = { file: "the given images", images, categories: [], annotations: [], faults: [] };
  // The paths begin in the current folder.
  return { set: detectionFolder(dataset, "", decoding), notes };
}

/** Throws on repeated paths, whose results could not be told apart. */
function expectEachOnce(paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(path)) throw new DataError(`Expected each image once but found ${path} twice`);
    seen.add(path);
  }
}

/** Numbers at the end of names, or places. */
function idsOf(paths: readonly string[]): number[] {
  const numbers = paths.map((path) => Number(/(\d+)\.[^.]*$/.exec(path)?.[1] ?? NaN));
  const isUsable = numbers.every(Number.isSafeInteger) && new Set(numbers).size === paths.length;
  return isUsable ? numbers : paths.map((_, image) => image + 1);
}
