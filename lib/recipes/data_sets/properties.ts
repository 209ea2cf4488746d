/**
 * Properties of data sets on which the constants of methods depend.
 *
 * @module
 */

/** Properties of a data set on which the constants of methods depend. */
export interface DataSetProperties {
  /** First part of the names of its recipes. */
  readonly name: string;
  /** Whether its images are small (32 × 32 pixels) or large (224 × 224 pixels). */
  readonly scale: "small" | "large";
  /**
   * Data set of the literature whose published constants apply: `cifar10`, `cifar100`, `imagenet`, `inaturalist` or
   * `places`.
   *
   * @default {those of its scale}
   */
  readonly family?: string;
  /**
   * Number of training images, for methods whose authors count in epochs. Without it, they are trained for the steps
   * of the data set.
   */
  readonly images?: number;
}

/** Length of a training. */
export interface Length {
  /** Number of steps of the first stage. */
  readonly iterations: number;
  /** Batch size. */
  readonly batch: number;
}

/**
 * Converts epochs to steps.
 *
 * @param dataSet Its number of images.
 * @param epochs Epochs and batch size.
 * @returns Steps and batch size; `undefined` for a data set that does not tell its number of images.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { lengthOf } from "@nbn/toolkit/recipes";
 *
 * const { iterations } = lengthOf({ images: 10_847 }, { epochs: 200, batch: 128 })!;
 * assertEquals(iterations, 17_000);
 * ```
 */
export function lengthOf(
  { images }: Pick<DataSetProperties, "images">,
  { epochs, batch }: { readonly epochs: number; readonly batch: number },
): Length | undefined {
  return images === undefined
    ? undefined
    : { iterations: epochs * Math.ceil(images / batch), batch };
}

/**
 * Returns a constant that depends on the data set.
 *
 * @param dataSet Its family.
 * @param published The constants of some families.
 * @param other The constant of all others.
 * @returns The constant.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { constantOf } from "@nbn/toolkit/recipes";
 *
 * assertEquals(constantOf({ family: "places" }, { places: 5e-4 }, 2e-4), 5e-4);
 * ```
 */
export function constantOf<Value>(
  { family }: Pick<DataSetProperties, "family">,
  published: Readonly<Record<string, Value>>,
  other: Value,
): Value {
  return family !== undefined && Object.hasOwn(published, family) ? published[family] : other;
}
