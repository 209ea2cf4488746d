/**
 * Boxes, masks and areas of detections.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import type { Rle } from "../masks/rle.ts";
import { rleArea, rleBox } from "../masks/rle_overlap.ts";
import type { Box, DetectionDataset } from "./dataset.ts";
import type { CocoResult } from "./results.ts";
import { maskOf, maskOfResult } from "./segmentation.ts";

/** Access to the shapes of results by their index. Masks are decoded at every call, so that few are held at a time. */
export interface ResultShapes {
  /** Area in pixels: of the box if there is one, else of the mask. */
  areaOf(index: number): number;
  /** The box, or that around the mask. */
  boxOf(index: number): Box;
  /** The mask, or the box as a mask. */
  maskOf(index: number): Rle;
}

/**
 * Opens the shapes of results.
 *
 * @param dataset The annotated images that they belong to.
 * @param results Checked detections.
 * @param from Where the results come from, for error messages.
 * @returns Their shapes; its functions throw a `DataError` if a mask does not fit its image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const image = { id: 7, width: 5, height: 4, path: "7.jpg", notExhaustive: [] };
 * const data = { file: "val.json", images: [image], categories: [], annotations: [], faults: [] };
 * const segmentation = { size: [4, 5], counts: "92203" };
 * const shapes = resultShapes(data, [{ image_id: 7, category_id: 1, score: 1, segmentation }], "results");
 * assertEquals([shapes.areaOf(0), shapes.boxOf(0)], [4, [2, 1, 2, 2]]);
 * ```
 */
export function resultShapes(
  { images }: DetectionDataset,
  results: readonly CocoResult[],
  from: string,
): ResultShapes {
  const sizes = new Map(images.map((image) => [image.id, image]));
  const mask = (index: number): Rle => {
    const { image_id, bbox, segmentation } = results[index], size = sizes.get(image_id)!;
    try {
      if (segmentation === undefined) return maskOf([cornersOf(bbox!)], size);
      return maskOfResult(segmentation, size);
    } catch (error) {
      throw new DataError(
        `Expected masks that fit their images in ${from} but found result ${index} of image ${image_id}: ` +
          (error as Error).message,
        { cause: error },
      );
    }
  };
  return {
    areaOf(index) {
      const { bbox } = results[index];
      return bbox ? bbox[2] * bbox[3] : rleArea(mask(index));
    },
    boxOf: (index) => results[index].bbox ?? rleBox(mask(index)),
    maskOf: mask,
  };
}

function cornersOf([x, y, width, height]: Box): number[] {
  const right = x + width, bottom = y + height;
  return [x, y, x, bottom, right, bottom, right, y];
}
