/**
 * Whether images are taken for more frequent or for rarer classes.
 *
 * @module
 */

/** Test images by what they are taken for. */
export interface ConfusionByFrequency {
  /** All of them. */
  readonly images: number;
  /** Recognised. */
  readonly recognised: number;
  /** Taken for a class with more training images: left of the diagonal in a confusion matrix by frequency. */
  readonly asMoreFrequent: number;
  /** Taken for a class with as many. */
  readonly asEquallyFrequent: number;
  /** Taken for a class with fewer. */
  readonly asRarer: number;
}

/**
 * Counts the images that are taken for a class with more training images than their own, and for one with fewer. On a
 * long tail mistakes go upwards.
 *
 * @param confusion `[classes][classes]` of {@linkcode confusionMatrix}: rows are true classes.
 * @param counts Training images of each class, `[classes]`.
 * @param classes Classes whose test images are counted; by default all.
 * @returns Numbers of images.
 * @throws {RangeError} If there is not one count for each class, or no such class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
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
