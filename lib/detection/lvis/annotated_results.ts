/**
 * Annotations in the form of detections.
 *
 * @module
 */
import type { DetectionDataset } from "./dataset.ts";
import { expectDetectionDataset } from "./expect_dataset.ts";
import type { CocoResult } from "./results.ts";
import { cocoSegmentation } from "./segmentation.ts";

/**
 * Returns annotations as results with a score of 1, to draw them as detections are drawn.
 *
 * @param dataset Annotated images.
 * @returns One result for each annotation, in their order.
 * @throws {RangeError} If annotations contradict the images or classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { annotatedResults, builtinScenes, lvisAp } from "@nbn/toolkit/detection";
 *
 * const { test: { dataset } } = builtinScenes({ max: 12, imbalance: 4, testImages: 1, side: 64 });
 * const { ap } = lvisAp(dataset, annotatedResults(dataset), { of: "masks" });
 * assertEquals(ap!.toFixed(6), "1.000000");
 * ```
 */
export function annotatedResults(dataset: DetectionDataset): CocoResult[] {
  expectDetectionDataset(dataset);
  const { images, categories, annotations } = dataset;
  return annotations.map(({ image, label, box, segmentation }) => ({
    image_id: images[image].id,
    category_id: categories[label].id,
    score: 1,
    bbox: box,
    ...cocoSegmentation(segmentation),
  }));
}
