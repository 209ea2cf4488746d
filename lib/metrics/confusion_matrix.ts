/**
 * Confusion matrix of predictions.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { expectLabels } from "../core/labels.ts";

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
 * import { confusionMatrix } from "@nbn/toolkit/metrics";
 *
 * assertEquals(confusionMatrix([0, 0, 1], [0, 1, 1], 2), [[1, 1], [0, 1]]);
 * ```
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: number,
): number[][] {
  expectPredictions(labels, predictions, classes);
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) matrix[labels[i]][predictions[i]]++;
  return matrix;
}

/**
 * Validates labels and predictions.
 *
 * @param labels True classes.
 * @param predictions Predicted classes.
 * @param classes Number of classes.
 * @throws {RangeError} If the lengths differ, or an entry is not a class.
 */
function expectPredictions(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: number,
): void {
  expectRange("an integer of at least 1", { classes });
  if (labels.length !== predictions.length) {
    throw new RangeError(
      `Expected as many predictions as labels but found ${predictions.length} and ${labels.length}`,
    );
  }
  expectLabels(labels, classes);
  expectLabels(predictions, classes, "predictions");
}
