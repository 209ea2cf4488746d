/**
 * Accuracy of Head, Medium and Tail.
 *
 * @module
 */
import { type Group, groupOf } from "../../data/groups.ts";
import { perClassAccuracy } from "./per_class_accuracy.ts";

/** Accuracies in percent; `null` for a group without classes. */
export interface GroupAccuracy {
  /** Share of all images that are recognised. */
  readonly all: number;
  /** Mean over the classes with more than 100 training images. */
  readonly head: number | null;
  /** Mean over the classes with 20 to 100 training images. */
  readonly medium: number | null;
  /** Mean over the classes with fewer than 20 training images. */
  readonly tail: number | null;
}

/**
 * Accuracy over all images and over the classes of each group.
 *
 * @param confusion `[classes][classes]` of {@linkcode confusionMatrix}.
 * @param counts Training images of each class, `[classes]`.
 * @returns Percent; `null` for a group none of whose classes has a test image.
 * @throws {RangeError} If there is no image, or not one count for each class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(groupAccuracy([[3, 1], [1, 3]], [500, 50]), {
 *   all: 75,
 *   head: 75,
 *   medium: 75,
 *   tail: null,
 * });
 * ```
 */
export function groupAccuracy(
  confusion: readonly (readonly number[])[],
  counts: readonly number[],
): GroupAccuracy {
  if (counts.length !== confusion.length) {
    throw new RangeError(
      `Expected a training count for each of ${confusion.length} classes but found ${counts.length}`,
    );
  }
  let images = 0, right = 0;
  confusion.forEach((row, label) => {
    right += row[label];
    for (const count of row) images += count;
  });
  if (images === 0) throw new RangeError("Expected at least one image but found none");
  return { all: 100 * right / images, ...groupMeans(perClassAccuracy(confusion), counts) };
}

/**
 * Mean over the classes of each group.
 *
 * @param perClass A value for each class, for instance its accuracy; `null` where there is none, as for a class without
 * test images, which is left out.
 * @param counts Training images of each class, `[classes]`.
 * @returns The means; `null` for a group none of whose classes has a value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(groupMeans([90, 70, 20, null], [500, 200, 50, 5]), { head: 80, medium: 20, tail: null });
 * ```
 */
export function groupMeans(
  perClass: readonly (number | null)[],
  counts: readonly number[],
): Record<Group, number | null> {
  const mean = (group: Group): number | null => {
    const members = perClass.filter((accuracy, label) =>
      accuracy !== null && groupOf(counts[label]) === group
    ) as number[];
    return members.length === 0 ? null : members.reduce((sum, x) => sum + x, 0) / members.length;
  };
  return { head: mean("head"), medium: mean("medium"), tail: mean("tail") };
}
