/**
 * Intersections over unions between detections and annotations of one class in one image.
 *
 * @module
 */
import type { Rle } from "../masks/rle.ts";
import { rleArea, rleBox, rleIntersection } from "../masks/rle_overlap.ts";
import type { Box } from "./dataset.ts";

/**
 * Computes the intersection over union of two boxes.
 *
 * @param a `[x, y, width, height]`.
 * @param b `[x, y, width, height]`.
 * @returns A number from 0 to 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(iouOfBoxes([0, 0, 2, 2], [0, 0, 2, 1]), 0.5);
 * ```
 */
export function iouOfBoxes(a: Box, b: Box): number {
  const width = Math.min(a[2] + a[0], b[2] + b[0]) - Math.max(a[0], b[0]);
  if (width <= 0) return 0;
  const height = Math.min(a[3] + a[1], b[3] + b[1]) - Math.max(a[1], b[1]);
  if (height <= 0) return 0;
  const shared = width * height;
  return shared / (a[2] * a[3] + b[2] * b[3] - shared);
}

/** Computes the overlaps of all pairs; `[detection][annotation]` in one array. */
export function boxOverlaps(detections: readonly Box[], annotations: readonly Box[]): Float64Array {
  const columns = annotations.length;
  const overlaps = new Float64Array(detections.length * columns);
  detections.forEach((detection, row) => {
    for (let column = 0; column < columns; column++) {
      overlaps[row * columns + column] = iouOfBoxes(detection, annotations[column]);
    }
  });
  return overlaps;
}

/** As {@linkcode boxOverlaps}, for masks of one size. */
export function maskOverlaps(
  detections: readonly Rle[],
  annotations: readonly Rle[],
): Float64Array {
  const columns = annotations.length;
  const overlaps = new Float64Array(detections.length * columns);
  const boxes = annotations.map(rleBox), areas = annotations.map(rleArea);
  detections.forEach((detection, row) => {
    const box = rleBox(detection), area = rleArea(detection);
    for (let column = 0; column < columns; column++) {
      if (iouOfBoxes(box, boxes[column]) === 0) continue;
      const shared = rleIntersection(detection, annotations[column]);
      if (shared > 0) {
        overlaps[row * columns + column] = shared / (area + areas[column] - shared);
      }
    }
  });
  return overlaps;
}
