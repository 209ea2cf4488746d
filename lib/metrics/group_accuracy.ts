/**
 * Accuracy on the Head, Medium and Tail classes.
 *
 * @module
 */
import { type Group, groupOf, type GroupThresholds } from "../data/groups.ts";
import { meanAccuracy, perClassAccuracy } from "./per_class_accuracy.ts";

/** Accuracies in percent; `null` for a group without classes. */
export interface GroupAccuracy {
  /** Accuracy over all images. */
  readonly all: number;
  /** Mean over the classes that have images; equals `all` if all classes have the same number of images. */
  readonly mean: number;
  /** Mean over the Head classes: by default those with more than 100 training images. */
  readonly head: number | null;
  /** Mean over the Medium classes: by default those with 20 to 100 training images, inclusive. */
  readonly medium: number | null;
  /** Mean over the Tail classes: by default those with fewer than 20 training images. */
  readonly tail: number | null;
}

/**
 * Computes the accuracy over all images, over all classes and over the classes of each group. Means exclude classes
 * without images.
 *
 * @param confusion `[classes][classes]` of {@linkcode confusionMatrix}.
 * @param counts Training images of each class, `[classes]`.
 * @param groupThresholds Thresholds of Tail, Medium and Head in training images of a class.
 * @returns Accuracies in percent; `null` for a group none of whose classes has a test image.
 * @throws {RangeError} If there is no image, or the number of counts differs from the number of classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { groupAccuracy } from "@nbn/toolkit/metrics";
 *
 * assertEquals(groupAccuracy([[3, 1], [4, 8]], [500, 50]), {
 *   all: 68.75,
 *   mean: (75 + 200 / 3) / 2,
 *   head: 75,
 *   medium: 200 / 3,
 *   tail: null,
 * });
 * ```
 */
export function groupAccuracy(
  confusion: readonly (readonly number[])[],
  counts: readonly number[],
  groupThresholds?: GroupThresholds,
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
  const perClass = perClassAccuracy(confusion);
  return {
    all: 100 * right / images,
    mean: meanAccuracy(perClass)!,
    ...groupMeans(perClass, counts, groupThresholds),
  };
}

/**
 * Averages a value over the classes of each group.
 *
 * @param perClass A value for each class, for instance its accuracy; `null` excludes a class, for instance one without
 * test images.
 * @param counts Training images of each class, `[classes]`.
 * @param groupThresholds Thresholds of Tail, Medium and Head in training images of a class.
 * @returns The means; `null` for a group none of whose classes has a value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { groupMeans } from "@nbn/toolkit/metrics";
 *
 * assertEquals(groupMeans([90, 70, 20, null], [500, 200, 50, 5]), { head: 80, medium: 20, tail: null });
 * ```
 */
export function groupMeans(
  perClass: readonly (number | null)[],
  counts: readonly number[],
  groupThresholds?: GroupThresholds,
): Record<Group, number | null> {
  const mean = (group: Group) =>
    meanAccuracy(perClass.filter((_, label) => groupOf(counts[label], groupThresholds) === group));
  return { head: mean("head"), medium: mean("medium"), tail: mean("tail") };
}
