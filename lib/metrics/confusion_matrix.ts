/**
 * Confusion matrix of predictions.
 *
 * @module
 */
import { expectClasses } from "./predictions.ts";

/**
 * Counts the images of each true class by predicted class.
 *
 * @param labels True classes, `[images]`, from 0.
 * @param predictions Predicted classes, `[images]`, from 0.
 * @param classes Number of classes.
 * @returns Counts, `[classes][classes]`: rows are true classes, columns are predicted classes.
 * @throws {RangeError} If the lengths differ, or an entry is not a class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(confusionMatrix([0, 0, 1], [0, 1, 1], 2), [[1, 1], [0, 1]]);
 * ```
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: number,
): number[][] {
  expectClasses(labels, predictions, classes);
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) matrix[labels[i]][predictions[i]]++;
  return matrix;
}
