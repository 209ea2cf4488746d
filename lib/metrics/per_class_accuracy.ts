/**
 * Accuracy of each class.
 *
 * @module
 */

/**
 * Computes the accuracy on the images of each class.
 *
 * @param confusion `[classes][classes]` of {@linkcode confusionMatrix}.
 * @returns Accuracy of each class in percent; `null` for a class without images.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { perClassAccuracy } from "@nbn/toolkit/metrics";
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

/**
 * Computes the unweighted mean accuracy over the classes that have images.
 *
 * @param perClass Accuracy of each class; `null` for a class without images.
 * @returns The mean, or `null` if no class has images.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(meanAccuracy([50, null, 100]), 75);
 * assertEquals(meanAccuracy([null]), null);
 * ```
 */
export function meanAccuracy(perClass: readonly (number | null)[]): number | null {
  const known = perClass.filter((accuracy) => accuracy !== null);
  return known.length === 0 ? null : known.reduce((sum, x) => sum + x, 0) / known.length;
}
