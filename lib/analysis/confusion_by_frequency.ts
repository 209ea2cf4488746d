/**
 * Misclassifications by the frequency of the predicted class.
 *
 * @module
 */

/** Number of test images by the frequency of their predicted class. */
export interface ConfusionByFrequency {
  /** All images. */
  readonly images: number;
  /** Images classified correctly. */
  readonly recognised: number;
  /** Images predicted as a class with more training images: left of the diagonal if classes are sorted by frequency. */
  readonly asMoreFrequent: number;
  /** Images predicted as another class with equally many training images. */
  readonly asEquallyFrequent: number;
  /** Images predicted as a class with fewer training images. */
  readonly asRarer: number;
}

/**
 * Counts the images predicted as a class with more, or with fewer, training images than their own. On long-tailed data
 * most mistakes go to more frequent classes.
 *
 * @param confusion Matrix from {@linkcode confusionMatrix}, `[classes][classes]`; rows are true classes.
 * @param counts Number of training images per class, `[classes]`.
 * @param classes True classes whose test images to count; all by default.
 * @returns Numbers of images.
 * @throws {RangeError} If `counts` does not have one entry per class, or a class does not exist.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { confusionByFrequency } from "@nbn/toolkit/analysis";
 *
 * const { images, asMoreFrequent, asRarer } = confusionByFrequency([[9, 1], [4, 6]], [500, 5]);
 * assertEquals([images, asMoreFrequent, asRarer], [20, 4, 1]);
 * ```
 */
export function confusionByFrequency(
  confusion: readonly (readonly number[])[],
  counts: readonly number[],
  classes: readonly number[] = [...confusion.keys()],
): ConfusionByFrequency {
  if (counts.length !== confusion.length) {
    throw new RangeError(
      `Expected a training count for each of ${confusion.length} classes but found ${counts.length}`,
    );
  }
  const wrong = classes.find((label) => !(label in counts));
  if (wrong !== undefined) {
    throw new RangeError(`Expected classes from 0 to ${counts.length - 1} but found ${wrong}`);
  }
  const found = { images: 0, recognised: 0, asMoreFrequent: 0, asEquallyFrequent: 0, asRarer: 0 };
  for (const label of classes) {
    confusion[label].forEach((images, predicted) => {
      found.images += images;
      if (predicted === label) found.recognised += images;
      else if (counts[predicted] > counts[label]) found.asMoreFrequent += images;
      else if (counts[predicted] < counts[label]) found.asRarer += images;
      else found.asEquallyFrequent += images;
    });
  }
  return found;
}
