/**
 * Preprocessing of a network's input images.
 *
 * @module
 */
import { CheckpointError, DataError } from "../core/errors.ts";
import type { ImageDataset, ResizeMode, Split } from "../data/dataset.ts";

/**
 * Preprocessing of a network's images, copied from its training set so that other images can be prepared the same way
 * without it. Stored as `input` in a run's `config.json`.
 */
export interface ModelInput {
  /** Height, width and channels. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Mean of each channel of the training images, for values in [0, 1]. */
  readonly mean: readonly number[];
  /** Standard deviation of each channel, for values in [0, 1]. */
  readonly std: readonly number[];
  /** How images of another size are resized. */
  readonly fit: ResizeMode;
  /** Whether images are rotated by their EXIF orientation. */
  readonly exif?: boolean;
}

/**
 * Validates `input` of a run's `config.json`.
 *
 * @param input The parsed value.
 * @param where Path of the file, for the error message.
 * @returns The same value.
 * @throws {CheckpointError} If it is not a valid preprocessing.
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
    `Expected input in ${where} to contain shape, mean, std and fit of images but found ${
      JSON.stringify(input)
    }: remove it, and name the training data by --data`,
  );
}

/**
 * Applies a network's normalisation to data: the mean and standard deviation that it was trained with, not those of the
 * data.
 *
 * @param split The data.
 * @param input Preprocessing of the network.
 * @param whose Description of the run, for the error message.
 * @returns The data with the network's mean and standard deviation.
 * @throws {DataError} If images have another shape.
 */
export function preparedAs(split: Split, { shape, mean, std }: ModelInput, whose: string): Split {
  const [train, test] = [split.train, split.test].map((set) => {
    if (`${set.shape}` !== `${shape}`) {
      throw new DataError(
        `Expected images of [${shape}], as ${whose} was trained on, but found [${set.shape}] in ${set.name}: ` +
          `resize them`,
      );
    }
    return { ...set, mean, std };
  });
  return { ...split, train, test };
}

/**
 * Returns the preprocessing of a data set.
 *
 * @param dataset The data set, usually the training set.
 * @returns The preprocessing; `fit` is `stretch` for images in memory.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "@nbn/toolkit/data";
 *
 * const { shape, fit } = inputOf(builtin().train);
 * assertEquals([shape, fit], [[32, 32, 3], "stretch"]);
 * ```
 */
export function inputOf({ shape, mean, std, images }: ImageDataset): ModelInput {
  const fit = images.kind === "pixels" ? "stretch" : images.fit;
  return { shape, mean, std, fit, ...(images.exif ? { exif: true } : {}) };
}
