/**
 * Writes annotated images in the layout of LVIS v1.
 *
 * @module
 */
import { expectDetectionDataset } from "../lvis/expect_dataset.ts";
import { writeAtomically } from "../../core/write_atomically.ts";
import { encodePng } from "../../deps/png_encoder.ts";
import type { DetectionDataset, Frequency } from "../lvis/dataset.ts";
import { cocoSegmentation } from "../lvis/segmentation.ts";
import type { DetectionSet } from "./detection_set.ts";

/** Annotations in the layout of LVIS v1. */
export interface LvisJson {
  /** The images. */
  readonly images: readonly Readonly<Record<string, unknown>>[];
  /** The classes. */
  readonly categories: readonly Readonly<Record<string, unknown>>[];
  /** The objects. */
  readonly annotations: readonly Readonly<Record<string, unknown>>[];
}

const LETTERS: Readonly<Record<Frequency, string>> = { rare: "r", common: "c", frequent: "f" };

/**
 * Converts annotations to the layout of LVIS v1, which `readDetectionDataset` reads.
 *
 * @param dataset Annotated images.
 * @returns A value to serialise as JSON.
 * @throws {RangeError} If annotations contradict the images or classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtinScenes, lvisJson } from "@nbn/toolkit/detection";
 *
 * const { train } = builtinScenes({ max: 12, imbalance: 4, testImages: 1, side: 32 });
 * assertEquals(lvisJson(train.dataset).categories[0], {
 *   id: 1,
 *   name: "disc with bar",
 *   frequency: "c",
 *   image_count: 12,
 * });
 * ```
 */
export function lvisJson(dataset: DetectionDataset): LvisJson {
  expectDetectionDataset(dataset);
  const { images, categories, annotations } = dataset;
  const ids = (labels: readonly number[]) => labels.map((label) => categories[label].id);
  return {
    images: images.map(({ id, width, height, path, absent, notExhaustive }) => ({
      id,
      width,
      height,
      file_name: path,
      ...(absent ? { neg_category_ids: ids(absent) } : {}),
      not_exhaustive_category_ids: ids(notExhaustive),
    })),
    categories: categories.map(({ id, name, frequency, imageCount }) => ({
      id,
      name,
      ...(frequency ? { frequency: LETTERS[frequency] } : {}),
      ...(imageCount === undefined ? {} : { image_count: imageCount }),
    })),
    annotations: annotations.map(({ id, image, label, box, area, segmentation, ignored }) => ({
      id,
      image_id: images[image].id,
      category_id: categories[label].id,
      bbox: box,
      area,
      ...cocoSegmentation(segmentation),
      ...(ignored ? { ignore: 1 } : {}),
    })),
  };
}

/**
 * Writes annotated images into a folder: `annotations.json` in the layout of LVIS v1, and the images as PNG files at
 * their paths.
 *
 * @param set Annotated images.
 * @param folder An existing folder.
 * @throws {CheckpointError} If it cannot be written to.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtinScenes, readDetectionDataset, writeLvis } from "@nbn/toolkit/detection";
 *
 * const folder = await Deno.makeTempDir();
 * const { test } = builtinScenes({ max: 12, imbalance: 4, testImages: 1, side: 32 });
 * await writeLvis(test, folder);
 * const read = await readDetectionDataset(`${folder}/annotations.json`);
 * assertEquals(read.annotations, test.dataset.annotations);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeLvis(set: DetectionSet, folder: string): Promise<void> {
  const { dataset } = set;
  for (const [index, { path }] of dataset.images.entries()) {
    const { width, height, pixels } = await set.read(index);
    const data = new Uint8Array(4 * width * height).fill(255);
    for (let pixel = 0; pixel < width * height; pixel++) {
      data.set(pixels.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
    }
    await writeAtomically(`${folder}/${path}`, await encodePng({ width, height, data }));
  }
  await writeAtomically(`${folder}/annotations.json`, JSON.stringify(lvisJson(dataset)));
}
