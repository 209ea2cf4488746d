/**
 * What images have to become before a network sees them.
 *
 * @module
 */
import { CheckpointError, DataError } from "../core/errors.ts";
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
 * Checks what a run's `config.json` says about its images.
 *
 * @param input What stands there.
 * @param where The file, for the message.
 * @returns The same.
 * @throws {CheckpointError} If it is nothing that images can be prepared by.
 */
export function expectInput(input: ModelInput, where: string): ModelInput {
  const { shape, mean, std, fit } = input;
  const numbers = (values: unknown, count: number, above: number) =>
    Array.isArray(values) && values.length === count &&
    values.every((value) => Number.isFinite(value) && value > above);
  const whole = numbers(shape, 3, 0) && shape.every(Number.isSafeInteger);
  const right = whole && numbers(mean, shape[2], -Infinity) && numbers(std, shape[2], 0) &&
    ["stretch", "centre-crop"].includes(fit);
  if (right) return input;
  throw new CheckpointError(
    `Expected input in ${where} to tell shape, mean, std and fit of images but found ${
      JSON.stringify(input)
    }: take it out, and name the training data by --data`,
  );
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
