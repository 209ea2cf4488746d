/**
 * Indices of the images of given classes.
 *
 * @module
 */

/** Options of {@linkcode imagesOfClasses}. */
export interface ImagesOfClassesOptions {
  /**
   * Maximum number of images of each class; the first ones are taken.
   *
   * @default {all}
   */
  readonly perClass?: number;
}

/**
 * Returns the indices of the images of some classes, grouped by class, for {@linkcode subset}.
 *
 * @param labels Class of each image.
 * @param classes Class labels; their order determines the order of the result.
 * @param options Maximum number of images of each class.
 * @returns Indices into the data set.
 * @throws {RangeError} If `perClass` is less than 1 or not an integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imagesOfClasses } from "@nbn/toolkit/data";
 *
 * assertEquals(imagesOfClasses([0, 1, 2, 2, 1], [2, 1], { perClass: 1 }), [2, 1]);
 * ```
 */
export function imagesOfClasses(
  labels: ArrayLike<number>,
  classes: readonly number[],
  { perClass = Infinity }: ImagesOfClassesOptions = {},
): number[] {
  if (perClass !== Infinity && !(Number.isSafeInteger(perClass) && perClass >= 1)) {
    throw new RangeError(`Expected perClass to be an integer of at least 1 but found ${perClass}`);
  }
  const members = new Map(classes.map((label) => [label, [] as number[]]));
  for (let image = 0; image < labels.length; image++) {
    const found = members.get(labels[image]);
    if (found && found.length < perClass) found.push(image);
  }
  return classes.flatMap((label) => members.get(label)!);
}
