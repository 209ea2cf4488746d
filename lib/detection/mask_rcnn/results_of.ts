/**
 * Detections of a network in COCO's results format.
 *
 * @module
 */
import type { CocoResult } from "../lvis/results.ts";
import { pasteMask } from "../masks/paste.ts";
import { rleText } from "../masks/rle_text.ts";
import type { Detections } from "./detect.ts";

/** An image of a batch, before it was resized. */
export interface ShownImage {
  /** Id in the annotation file. */
  readonly id: number;
  /** Height in pixels. */
  readonly height: number;
  /** Width in pixels. */
  readonly width: number;
  /** Factors by which height and width were multiplied. */
  readonly scale: readonly [height: number, width: number];
}

/**
 * Reads detections and brings boxes and masks back to the size of their images.
 *
 * @param detections Detections of a batch; not disposed.
 * @param images Its images.
 * @param categories Id of the category of each class.
 * @returns Results of all images, the best scored of each first, with boxes and run-length coded masks.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resultsOf } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const detections = {
 *   boxes: tf.tensor3d([[[2, 0, 6, 4], [0, 0, 0, 0]]]),
 *   scores: tf.tensor2d([[0.5, 0]]),
 *   labels: tf.tensor2d([[1, 0]], [1, 2], "int32"),
 *   count: tf.tensor1d([1], "int32"),
 *   masks: tf.ones([1, 2, 4, 4]) as tf.Tensor4D,
 * };
 * const image = { id: 7, height: 2, width: 4, scale: [2, 2] } as const;
 * const results = await resultsOf(detections, [image], [3, 9]);
 * assertEquals(results, [{
 *   image_id: 7,
 *   category_id: 9,
 *   score: 0.5,
 *   bbox: [1, 0, 2, 2],
 *   segmentation: { size: [2, 4], counts: "242" },
 * }]);
 * ```
 */
export async function resultsOf(
  detections: Detections,
  images: readonly ShownImage[],
  categories: readonly number[],
): Promise<CocoResult[]> {
  const [boxes, scores, labels, counts, masks] = await Promise.all(
    [detections.boxes, detections.scores, detections.labels, detections.count, detections.masks]
      .map((tensor) => tensor.data()),
  );
  const [, most, size] = detections.masks.shape;
  return images.flatMap(({ id, height, width, scale: [down, across] }, image) =>
    Array.from({ length: counts[image] }, (_, i): CocoResult => {
      const place = image * most + i;
      const corners = boxes.subarray(4 * place, 4 * place + 4);
      const [left, top, right, bottom] = Array.from(
        corners,
        (side, axis) => side / (axis % 2 ? down : across),
      );
      const bins = masks.subarray(place * size * size, (place + 1) * size * size);
      const mask = pasteMask(bins, size, [left, top, right, bottom], { height, width });
      return {
        image_id: id,
        category_id: categories[labels[place]],
        score: scores[place],
        bbox: [left, top, right - left, bottom - top],
        segmentation: { size: [height, width], counts: rleText(mask) },
      };
    })
  );
}
