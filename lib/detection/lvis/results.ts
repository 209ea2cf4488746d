/**
 * Detections in COCO's results format.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import type { Box, DetectionDataset } from "./dataset.ts";
import { areNumbers, Problems, shownEntry } from "./entries.ts";
import { readJsonLists } from "./json_lists.ts";
import type { CocoSegmentation } from "./segmentation.ts";

/** A detection in COCO's results format. */
export interface CocoResult {
  /** Id of the image. */
  readonly image_id: number;
  /** Id of the category. */
  readonly category_id: number;
  /** Confidence; only the order matters. */
  readonly score: number;
  /** `[x, y, width, height]` in pixels. */
  readonly bbox?: Box;
  /** Mask: run lengths or polygons. */
  readonly segmentation?: CocoSegmentation;
}

/**
 * Reads detections.
 *
 * @param file Path of a JSON list of results.
 * @param dataset The annotated images that they belong to.
 * @returns The results, in the order of the file.
 * @throws {DataError} If the file is missing, damaged or no list, or as {@linkcode checkDetectionResults}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readDetectionResults } from "@nbn/toolkit/detection";
 *
 * const file = await Deno.makeTempFile({ suffix: ".json" });
 * await Deno.writeTextFile(file, `[{"image_id": 7, "category_id": 1, "score": 0.5, "bbox": [2, 2, 4, 4]}]`);
 * const image = { id: 7, width: 20, height: 10, path: "7.jpg", notExhaustive: [] };
 * const categories = [{ id: 1, name: "heron" }];
 * const data = { file: "val.json", images: [image], categories, annotations: [], faults: [] };
 * assertEquals((await readDetectionResults(file, data))[0].score, 0.5);
 * await Deno.remove(file);
 * ```
 */
export async function readDetectionResults(
  file: string,
  dataset: DetectionDataset,
): Promise<CocoResult[]> {
  const results: CocoResult[] = [];
  const names = await readJsonLists(file, (list, entry) => {
    if (list === "") results.push(entry as CocoResult);
  });
  if (!names.has("")) {
    throw new DataError(`Expected ${file} to be a list of results but found a record`);
  }
  checkDetectionResults(results, dataset, file);
  return results;
}

/**
 * Checks detections.
 *
 * @param results The detections.
 * @param dataset The annotated images that they belong to.
 * @param from Where the results come from, for messages.
 * @throws {DataError} If an image or category is unknown, a score or a box is not finite, a box has a negative size, a
 * result has neither box nor mask, or only some results have boxes.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { checkDetectionResults } from "@nbn/toolkit/detection";
 *
 * const data = { file: "val.json", images: [], categories: [], annotations: [], faults: [] };
 * const results = [{ image_id: 7, category_id: 1, score: 0.5, bbox: [2, 2, 4, 4] as const }];
 * assertThrows(() => checkDetectionResults(results, data, "results.json"), Error, "result 0 of image 7");
 * ```
 */
export function checkDetectionResults(
  results: readonly CocoResult[],
  dataset: DetectionDataset,
  from: string,
): void {
  const images = new Set(dataset.images.map(({ id }) => id));
  const categories = new Set(dataset.categories.map(({ id }) => id));
  const problems = new Problems(from);
  let boxes = 0;
  results.forEach((result, index) => {
    const { image_id, category_id, score, bbox, segmentation } = result ?? {};
    const named = `result ${index} of image ${image_id}`;
    if (!images.has(image_id)) problems.add(`images of ${dataset.file}`, named);
    if (!categories.has(category_id)) {
      problems.add(`categories of ${dataset.file}`, `${named} with category ${category_id}`);
    }
    if (!Number.isFinite(score)) {
      problems.add(
        "scores that are numbers",
        `${named} with ${score === undefined ? "none" : score}`,
      );
    }
    if (bbox !== undefined) {
      boxes++;
      if (!areNumbers(bbox, 4) || !(bbox[2] >= 0 && bbox[3] >= 0)) {
        problems.add(
          "boxes [x, y, width, height] of no negative size",
          `${named} with ${shownEntry(bbox)}`,
        );
      }
    } else if (segmentation === undefined) {
      problems.add("results with bbox or segmentation", `${named} with neither`);
    }
  });
  if (boxes > 0 && boxes < results.length) {
    const without = results.findIndex(({ bbox }) => bbox === undefined);
    problems.add(
      "all results to have a bbox or none, because it decides their size group",
      `${results.length - boxes} without, first result ${without} of image ${
        results[without].image_id
      }`,
    );
  }
  problems.raise();
}
