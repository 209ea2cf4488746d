/**
 * Checks and use of the numbers of training images of each class.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";

/**
 * Checks the number of training images of each class.
 *
 * @param counts Training images of each class.
 * @throws {RangeError} If there is none, or one is not above 0.
 */
export function expectCounts(counts: readonly number[]): void {
  if (counts.length === 0) {
    throw new RangeError("Expected counts of at least one class but found none");
  }
  const label = counts.findIndex((count) => !(count > 0 && count < Infinity));
  if (label >= 0) {
    throw new RangeError(
      `Expected counts above 0 but found ${counts[label]} for class ${label}: remove the class`,
    );
  }
}

/**
 * Returns the number of training images.
 *
 * @param counts Training images of each class.
 * @returns Their sum.
 */
export function imagesOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * Returns the logarithm of each class's prior, its fraction of the training images.
 *
 * @param counts Training images of each class.
 * @returns log π of each class.
 */
export function logPriors(counts: readonly number[]): number[] {
  const images = imagesOf(counts);
  return counts.map((count) => Math.log(count / images));
}

/**
 * Adds one number for each class to logits.
 *
 * @param logits Shape `[batch, classes]`.
 * @param perClass `[classes]`.
 * @returns The sum, of the same shape.
 * @throws {RangeError} If there is not one number for each class.
 */
export function addToLogits(logits: tf.Tensor2D, perClass: readonly number[]): tf.Tensor2D {
  if (logits.shape[1] !== perClass.length) {
    throw new RangeError(
      `Expected counts of ${
        logits.shape[1]
      } classes, as many as logits, but found ${perClass.length}`,
    );
  }
  return logits.add(tf.tensor1d([...perClass], "float32"));
}

/**
 * Checks that logits have as many classes as there are counts or other numbers for each class.
 *
 * @param logits Shape `[batch, classes]`.
 * @param perClass One number for each class.
 * @throws {RangeError} If the number of classes differs.
 */
export function expectClasses(logits: tf.Tensor, perClass: ArrayLike<number>): void {
  if (logits.rank !== 2 || logits.shape[1] !== perClass.length) {
    throw new RangeError(
      `Expected logits [batch, ${perClass.length}], one column for each class, but found [${logits.shape}]`,
    );
  }
}
