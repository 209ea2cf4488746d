/**
 * Describes annotations that cannot be learnt from.
 *
 * @module
 */
import { someOf } from "../../data/lists/some_of.ts";
import type { AnnotationFault, DetectionDataset } from "./dataset.ts";

const WORDS: Readonly<Record<AnnotationFault, string>> = {
  "empty-box": "a box without positive width and height",
  "outside": "a box outside the image",
  "no-area": "an area that is not above 0",
  "crowd": "many objects at once (iscrowd)",
  "few-corners": "fewer than three corners",
  "flat-polygon": "an outline that encloses no area",
  "polygon-outside": "an outline outside the image",
};

/**
 * Describes what is not learnt from.
 *
 * @param dataset Annotated images.
 * @returns One line for each reason.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { faultLines } from "@nbn/toolkit/detection";
 *
 * const faults = [{ what: "annotation", fault: "outside", count: 2, first: [5, 8] }] as const;
 * assertEquals(
 *   faultLines({ file: "val.json", faults }),
 *   ["val.json: 2 annotations with a box outside the image are not learnt from: 5; 8"],
 * );
 * ```
 */
export function faultLines({ file, faults }: Pick<DetectionDataset, "file" | "faults">): string[] {
  return faults.map(({ what, fault, count, first }) =>
    what === "annotation"
      ? `${file}: ${count} ${count === 1 ? "annotation" : "annotations"} with ${WORDS[fault]} ` +
        `${count === 1 ? "is" : "are"} not learnt from: ${someOf(first, count)}`
      : `${file}: ${count} ${count === 1 ? "polygon" : "polygons"} with ${WORDS[fault]} ` +
        `${count === 1 ? "is" : "are"} dropped, of annotation ${someOf(first, count)}`
  );
}
