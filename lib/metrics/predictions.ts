/**
 * Input validation shared by the metrics.
 *
 * @module
 */

/**
 * Validates labels and predictions.
 *
 * @param labels True classes.
 * @param predictions Predicted classes.
 * @param classes Number of classes.
 * @throws {RangeError} If the lengths differ, or an entry is not a class.
 */
export function expectClasses(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: number,
): void {
  if (!Number.isSafeInteger(classes) || classes < 1) {
    throw new RangeError(`Expected classes to be an integer of at least 1 but found ${classes}`);
  }
  if (labels.length !== predictions.length) {
    throw new RangeError(
      `Expected as many predictions as labels but found ${predictions.length} and ${labels.length}`,
    );
  }
  for (const [name, values] of [["labels", labels], ["predictions", predictions]] as const) {
    for (let i = 0; i < values.length; i++) {
      if (!Number.isInteger(values[i]) || values[i] < 0 || values[i] >= classes) {
        throw new RangeError(
          `Expected ${name} to be integers from 0 to ${classes - 1} but found ${
            values[i]
          } at position ${i}`,
        );
      }
    }
  }
}
