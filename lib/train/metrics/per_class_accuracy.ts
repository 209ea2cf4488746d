/**
 * Accuracy of each class.
 *
 * @module
 */

/**
 * Share of each class's images that are recognised.
 *
 * @param confusion `[classes][classes]` of {@linkcode confusionMatrix}.
 * @returns Percent for each class; `null` where there is no image of it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(perClassAccuracy([[1, 1], [0, 0]]), [50, null]);
 * ```
 */
export function perClassAccuracy(
  confusion: readonly (readonly number[])[],
): (number | null)[] {
  return confusion.map((row, label) => {
    const images = row.reduce((sum, count) => sum + count, 0);
    return images === 0 ? null : 100 * row[label] / images;
  });
}
