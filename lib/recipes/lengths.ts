/**
 * Training lengths of methods that do not use that of the data set.
 *
 * @module
 */

/** Length of a training. */
export interface Length {
  /** Number of steps of the first stage. */
  readonly iterations: number;
  /** Batch size. */
  readonly batch: number;
}

/** Number of training images where methods count in epochs; long-tailed sets at imbalance 100. */
const IMAGES: Readonly<Record<string, number>> = {
  "cifar10-lt": 12_406,
  "cifar100-lt": 10_847,
  cifar10: 50_000,
  cifar100: 50_000,
};

/**
 * Converts epochs to steps.
 *
 * @param dataSet Name of the data set.
 * @param epochs Epochs and batch size.
 * @returns Steps and batch size; `undefined` for data sets whose methods use the data set's length.
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
 * Whether a data set has large images, for which methods use other constants.
 *
 * @param dataSet Name of the data set.
 * @returns Whether it has.
 */
export function isLarge(dataSet: string): boolean {
  return /^(imagenet|inaturalist|places)/.test(dataSet);
}
