/**
 * Summary statistics of the class distribution of a data set.
 *
 * @module
 */
import { type Group, groupOf, type GroupThresholds } from "./groups.ts";

/** Summary statistics of a class distribution. */
export interface ClassStatistics {
  /** Number of classes. */
  readonly classes: number;
  /** Number of images. */
  readonly images: number;
  /** Images of the largest class. */
  readonly largest: number;
  /** Images of the smallest class. */
  readonly smallest: number;
  /** Imbalance factor: `largest` / `smallest`. Infinite if a class is empty. */
  readonly imbalance: number;
  /** Gini coefficient of the counts: 0 if all are equal, near 1 if one class has nearly all images. */
  readonly gini: number;
  /** Number of classes and images in each group. */
  readonly groups: Readonly<Record<Group, { readonly classes: number; readonly images: number }>>;
}

/**
 * Computes summary statistics of a long-tailed class distribution.
 *
 * The Gini coefficient is Σᵢ Σⱼ |nᵢ − nⱼ| / (2·C·N), the measure of Yang et al. 2022, A Survey on Long-Tailed
 * Visual Recognition.
 *
 * @param counts Images of each class, in any order.
 * @param groupThresholds Thresholds of Tail, Medium and Head.
 * @returns The statistics.
 * @throws {RangeError} If there are no classes or no images.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { classStatistics } from "@nbn/toolkit/data";
 *
 * const { imbalance, gini, groups } = classStatistics([120, 40, 10, 10]);
 * assertEquals([imbalance, gini, groups.tail], [12, 0.5, { classes: 2, images: 20 }]);
 * ```
 */
export function classStatistics(
  counts: readonly number[],
  groupThresholds?: GroupThresholds,
): ClassStatistics {
  const sorted = [...counts].sort((a, b) => a - b);
  const images = sorted.reduce((sum, count) => sum + count, 0), classes = sorted.length;
  if (images === 0) throw new RangeError(`Expected images but found none in ${classes} classes`);
  // In ascending order, the k-th count (from 0) is added k times and subtracted C − 1 − k times.
  const differences = sorted.reduce((sum, count, k) => sum + (2 * k + 1 - classes) * count, 0);
  const groups = {
    head: { classes: 0, images: 0 },
    medium: { classes: 0, images: 0 },
    tail: { classes: 0, images: 0 },
  };
  for (const count of sorted) {
    const group = groups[groupOf(count, groupThresholds)];
    group.classes++;
    group.images += count;
  }
  const largest = sorted[classes - 1], smallest = sorted[0];
  return {
    classes,
    images,
    largest,
    smallest,
    imbalance: largest / smallest,
    gini: differences / (classes * images),
    groups,
  };
}
