/**
 * Check of class labels.
 *
 * @module
 */

/**
 * Checks that every label is one of the classes.
 *
 * @param labels Class of each image.
 * @param classes Number of classes.
 * @param name What the labels are, for the error message.
 * @throws {RangeError} If a label is not an integer from 0 to `classes − 1`; the message names it and its position.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * expectLabels([0, 9], 10);
 * assertThrows(() => expectLabels([0, 10], 10), RangeError, "from 0 to 9, but found 10 at position 1");
 * ```
 */
export function expectLabels(
  labels: ArrayLike<number>,
  classes: number,
  name = "labels",
): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (label >= 0 && label < classes && Number.isInteger(label)) continue;
    throw new RangeError(
      `Expected ${name} of ${classes} classes, integers from 0 to ${
        classes - 1
      }, but found ${label} ` +
        `at position ${i}`,
    );
  }
}
