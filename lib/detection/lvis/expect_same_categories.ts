/**
 * Check that labels of two annotation files mean the same.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import type { DetectionDataset } from "./dataset.ts";

/**
 * Checks that a data set has the categories that a detector is trained on, in the same order.
 *
 * @param dataset Annotated images.
 * @param ids Id of the category of each class of the detector.
 * @param whose Whose classes they are, for the error message.
 * @throws {DataError} If a category differs; the message names the first.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * const categories = [{ id: 1, name: "heron" }];
 * const data = { file: "val.json", images: [], categories, annotations: [], faults: [] };
 * expectSameCategories(data, [1], "train.json");
 * assertThrows(() => expectSameCategories(data, [2], "train.json"), Error, "found 1 in place of 2");
 * ```
 */
export function expectSameCategories(
  { file, categories }: DetectionDataset,
  ids: readonly number[],
  whose: string,
): void {
  const longest = Math.max(ids.length, categories.length);
  for (let label = 0; label < longest; label++) {
    const [found, wanted] = [categories[label]?.id ?? "none", ids[label] ?? "none"];
    if (found === wanted) continue;
    throw new DataError(
      `Expected the categories of ${file} to be those of ${whose}, in the same order, but found ${found} ` +
        `in place of ${wanted}`,
    );
  }
}
