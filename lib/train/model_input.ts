/**
 * What images have to become before a network sees them.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import type { Fit, ImageDataset, Split } from "../data/dataset.ts";

/**
 * How a network's images are prepared: what the data set that it was trained on did to its images, so that others can
 * be brought to the same form without it. A run's `config.json` has it as `input`.
 */
export interface ModelInput {
  /** Height, width and channels. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Mean of each channel of the training images on the scale 0 to 1. */
  readonly mean: readonly number[];
  /** Standard deviation of each channel on the scale 0 to 1. */
  readonly std: readonly number[];
  /** How images of another size come to this one. */
  readonly fit: Fit;
  /** Whether images that a camera has stored rotated are turned upright. */
  readonly exif?: boolean;
}

/**
 * Data whose images are prepared as a network's are: by the mean and deviation that it was trained with, not those
 * measured of other data.
 *
 * @param split The data.
 * @param input How the network's images are prepared.
 * @param whose Whose network it is, for the message.
 * @returns The data with the network's mean and deviation.
 * @throws {DataError} If images have another shape.
 */
export function preparedAs(split: Split, { shape, mean, std }: ModelInput, whose: string): Split {
  const [train, test] = [split.train, split.test].map((set) => {
    if (`${set.shape}` !== `${shape}`) {
      throw new DataError(
        `Expected images of [${shape}], as ${whose} was trained on, but found [${set.shape}] in ${set.name}: ` +
          `bring them to that size`,
      );
    }
    return { ...set, mean, std };
  });
  return { ...split, train, test };
}

/**
 * How a data set prepares its images.
 *
 * @param dataset The data set, usually the training set.
 * @returns How; images in memory have been stretched to their size.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "../data/builtin/mod.ts";
 *
 * const { shape, fit } = inputOf(builtin().train);
 * assertEquals([shape, fit], [[32, 32, 3], "stretch"]);
 * ```
 */
export function inputOf({ shape, mean, std, images }: ImageDataset): ModelInput {
  const fixed = { shape, mean, std };
  if (images.kind === "pixels") return { ...fixed, fit: "stretch" };
  return { ...fixed, fit: images.fit, ...(images.exif ? { exif: true } : {}) };
}
