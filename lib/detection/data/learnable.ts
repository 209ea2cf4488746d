/**
 * The images and annotations that a detector can learn from.
 *
 * @module
 */
import { expectDetectionDataset } from "../lvis/expect_dataset.ts";
import type { DetectionAnnotation, DetectionDataset, DetectionImage } from "../lvis/dataset.ts";
import { faultLines } from "../lvis/fault_lines.ts";
import { someOf } from "../../data/lists/some_of.ts";

/** Images of a shorter side than this are not learnt from, nor objects of a narrower box. */
const LEAST_SIDE = 32, LEAST_BOX = 1;

/** What a detector can learn from. */
export interface LearnableImages {
  /** Indices of the images, ascending. */
  readonly images: readonly number[];
  /** Annotations of each image of the data set; none for images that are left out. */
  readonly annotations: readonly (readonly DetectionAnnotation[])[];
  /** What is left out, one line for each reason. */
  readonly leftOut: readonly string[];
}

/**
 * Selects what a detector can learn from: images with at least one annotation without fault, of a box at least one
 * pixel wide and high, and no side below 32 pixels.
 *
 * @param dataset Annotated images.
 * @returns Images, annotations, and what is left out.
 * @throws {RangeError} If annotations contradict the images or classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { learnableImages } from "@nbn/toolkit/detection";
 *
 * const image = { id: 7, width: 64, height: 64, path: "7.jpg", notExhaustive: [] };
 * const data = { file: "train.json", images: [image], categories: [], annotations: [], faults: [] };
 * assertEquals(learnableImages(data).leftOut, [
 *   "train.json: 1 image without an annotation to learn from is left out: 7",
 * ]);
 * ```
 */
export function learnableImages(dataset: DetectionDataset): LearnableImages {
  expectDetectionDataset(dataset);
  const { images, file } = dataset;
  const annotations: DetectionAnnotation[][] = images.map(() => []);
  const thin: number[] = [];
  for (const annotation of dataset.annotations) {
    if (annotation.fault) continue;
    const [, , width, height] = annotation.box;
    if (width < LEAST_BOX || height < LEAST_BOX) thin.push(annotation.id);
    else annotations[annotation.image].push(annotation);
  }
  const isSmall = ({ width, height }: DetectionImage) => Math.min(width, height) < LEAST_SIDE;
  const small = images.filter(isSmall);
  const left = images.map((image, i) => isSmall(image) ? [] : annotations[i]);
  const empty = images.filter((image, i) => left[i].length === 0 && !isSmall(image));
  const line = (ids: readonly number[], one: string, many: string) =>
    ids.length === 0
      ? []
      : [`${file}: ${ids.length} ${ids.length === 1 ? one : many} left out: ${someOf(ids)}`];
  return {
    images: images.map((_, i) => i).filter((i) => left[i].length > 0),
    annotations: left,
    leftOut: [
      ...faultLines(dataset),
      ...line(
        thin,
        "annotation with a box less than a pixel wide or high is",
        "annotations with boxes less than a pixel wide or high are",
      ),
      ...line(
        small.map(({ id }) => id),
        `image with a side below ${LEAST_SIDE} pixels is`,
        `images with a side below ${LEAST_SIDE} pixels are`,
      ),
      ...line(
        empty.map(({ id }) => id),
        "image without an annotation to learn from is",
        "images without an annotation to learn from are",
      ),
    ],
  };
}
