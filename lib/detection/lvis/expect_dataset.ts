/**
 * Check of annotated images that a script has made.
 *
 * @module
 */
import { elementsOf } from "../../core/shape.ts";
import type { DetectionDataset } from "./dataset.ts";

/**
 * Checks that annotations and images refer to images and classes that there are, as those of files do.
 *
 * @param dataset Annotated images.
 * @throws {RangeError} If one does not, or an image has no size; the message names its id.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * const annotation = { id: 3, image: 7, label: 0, box: [0, 0, 1, 1] as const, area: 1, ignored: false };
 * const data = { file: "mine", images: [], categories: [], annotations: [annotation], faults: [] };
 * assertThrows(() => expectDetectionDataset(data), RangeError, "annotation 3 of image 7");
 * ```
 */
export function expectDetectionDataset(
  { file, images, categories, annotations }: DetectionDataset,
): void {
  const isIn = (index: number, list: readonly unknown[]) =>
    Number.isSafeInteger(index) && index >= 0 && index < list.length;
  for (const { id, image, label } of annotations) {
    if (isIn(image, images) && isIn(label, categories)) continue;
    throw new RangeError(
      `Expected annotations of ${images.length} images and ${categories.length} classes in ${file} but found ` +
        `annotation ${id} of image ${image} and class ${label}`,
    );
  }
  for (const { id, height, width, absent = [], notExhaustive } of images) {
    elementsOf([height, width]);
    const strange = [...absent, ...notExhaustive].find((label) => !isIn(label, categories));
    if (strange === undefined) continue;
    throw new RangeError(
      `Expected image ${id} of ${file} to tell of ${categories.length} classes but found class ${strange}`,
    );
  }
}
