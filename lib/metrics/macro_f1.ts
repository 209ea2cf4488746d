/**
 * Macro-averaged F1 score.
 *
 * @module
 */

/**
 * Computes the mean of F1 = 2·TP / (2·TP + FP + FN) over the classes that have images. A class without a true positive
 * counts as 0; images predicted as a class without images lower the score of their true class only.
 *
 * @param confusion `[classes][classes]` of {@linkcode confusionMatrix}.
 * @returns The score in percent.
 * @throws {RangeError} If there is no image.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { macroF1 } from "@nbn/toolkit/metrics";
 *
 * assertAlmostEquals(macroF1([[1, 1], [0, 1]]), 100 * 2 / 3);
 * assertAlmostEquals(macroF1([[1, 1], [0, 0]]), 100 * 2 / 3);
 * ```
 */
export function macroF1(confusion: readonly (readonly number[])[]): number {
  let sum = 0, classes = 0;
  confusion.forEach((row, label) => {
    const present = row.reduce((total, count) => total + count, 0);
    const predicted = confusion.reduce((total, other) => total + other[label], 0);
    if (present === 0) return;
    sum += 2 * row[label] / (present + predicted);
    classes++;
  });
  if (classes === 0) throw new RangeError("Expected at least one image but found none");
  return 100 * sum / classes;
}
