/**
 * Areas and overlaps of the detections and annotations of one class in one image.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import type { Rle } from "../masks/rle.ts";
import type { DetectionDataset } from "./dataset.ts";
import type { Pairing } from "./matching.ts";
import type { ImageObjects } from "./objects.ts";
import { boxOverlaps, maskOverlaps } from "./overlaps.ts";
import type { ResultShapes } from "./result_shapes.ts";
import { maskOf } from "./segmentation.ts";

/**
 * Compares the objects of a class in an image.
 *
 * @param label The class.
 * @param objects Its annotations and detections.
 * @param dataset Annotated images.
 * @param shapes Boxes and masks of the results.
 * @param of What is compared.
 * @returns Areas and overlaps.
 * @throws {DataError} If an annotation has no mask to compare, or a mask does not fit its image.
 */
export function pairingOf(
  label: number,
  { image, annotations, detections, areas }: ImageObjects,
  dataset: DetectionDataset,
  shapes: ResultShapes,
  of: "boxes" | "masks",
): Pairing {
  const known = annotations.map((index) => dataset.annotations[index]);
  const overlaps = annotations.length === 0 || detections.length === 0
    ? []
    : of === "boxes"
    ? boxOverlaps(detections.map(shapes.boxOf), known.map(({ box }) => box))
    : maskOverlaps(
      detections.map(shapes.maskOf),
      annotations.map((index) => annotationMask(dataset, index)),
    );
  return {
    detectionAreas: areas,
    annotationAreas: known.map(({ area }) => area),
    ignored: known.map(({ ignored }) => ignored),
    overlaps,
    notExhaustive: dataset.images[image].notExhaustive.includes(label),
  };
}

function annotationMask({ file, annotations, images }: DetectionDataset, index: number): Rle {
  const { id, segmentation, image } = annotations[index];
  if (segmentation) return maskOf(segmentation, images[image]);
  throw new DataError(
    `Expected annotations with masks in ${file} but found annotation ${id} without: compare boxes`,
  );
}
