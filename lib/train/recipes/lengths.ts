/**
 * How long methods train that do not follow the data set's own recipe.
 *
 * @module
 */

/** Steps and images in a step. */
export interface Length {
  /** Steps of the first stage. */
  readonly iterations: number;
  /** Images in a step. */
  readonly batch: number;
}

/** Training images of the data sets whose methods count in epochs, at imbalance 100. */
const IMAGES: Readonly<Record<string, number>> = {
  "cifar10-lt": 12_406,
  "cifar100-lt": 10_847,
  cifar10: 50_000,
  cifar100: 50_000,
};

/**
 * The steps of some epochs.
 *
 * @param dataSet Name of the data set.
 * @param epochs Epochs and images in a step.
 * @returns Steps and batch; nothing for data sets whose methods keep to the data set's own.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { iterations } = lengthOf("cifar100-lt", { epochs: 200, batch: 128 })!;
 * assertEquals(iterations, 17_000);
 * ```
 */
export function lengthOf(
  dataSet: string,
  { epochs, batch }: { readonly epochs: number; readonly batch: number },
): Length | undefined {
  const images = IMAGES[dataSet];
  return images === undefined
    ? undefined
    : { iterations: epochs * Math.ceil(images / batch), batch };
}

/**
 * Whether a data set is one of large images, for which methods have other constants.
 *
 * @param dataSet Name of the data set.
 * @returns Whether it is.
 */
export function isLarge(dataSet: string): boolean {
  return /^(imagenet|inaturalist|places)/.test(dataSet);
}
