/**
 * Augmentation: random changes of images, described as plain data that can be posted to a worker.
 *
 * ```ts
 * import type { Augmentation } from "@nbn/toolkit/data";
 * import { augmenter } from "./mod.ts";
 *
 * const paper: Augmentation[] = [
 *   { name: "crop", padding: 4 },
 *   { name: "flip" },
 *   { name: "autoaugment", operations: "balanced-softmax" },
 *   { name: "cutout", size: 16, fill: 0 },
 * ];
 * augmenter(paper);
 * ```
 *
 * @module
 */
import { type AutoAugment, autoaugment } from "./autoaugment.ts";
import { type ColorJitter, colorJitter } from "./color_jitter.ts";
import { type Crop, crop } from "./crop.ts";
import { type Cutout, cutout } from "./cutout.ts";
import { type Flip, flip } from "./flip.ts";
import { type RandAugment, randAugment } from "./rand_augment.ts";
import { type RandomResizedCrop, randomResizedCrop } from "./random_resized_crop.ts";
import type { Step } from "./step.ts";

export type { AutoAugment } from "./autoaugment.ts";
export type { ColorJitter } from "./color_jitter.ts";
export type { Crop } from "./crop.ts";
export type { Cutout } from "./cutout.ts";
export type { Flip } from "./flip.ts";
export type { RandAugment } from "./rand_augment.ts";
export type { RandomResizedCrop } from "./random_resized_crop.ts";
export type { Fill, Step } from "./step.ts";

/** Description of a random augmentation, as plain data. */
export type Augmentation =
  | Crop
  | RandomResizedCrop
  | Flip
  | ColorJitter
  | AutoAugment
  | RandAugment
  | Cutout;

/** Height and width. */
type Size = readonly [height: number, width: number];

const BUILDERS: { [Name in Augmentation["name"]]: (options: never, size?: Size) => Step } = {
  crop,
  "random-resized-crop": randomResizedCrop,
  flip,
  "color-jitter": colorJitter,
  autoaugment,
  "rand-augment": randAugment,
  cutout,
};

/**
 * Composes augmentations into one step that applies them in order.
 *
 * @param augmentations Augmentations to apply.
 * @param size Height and width of the data set's images: the default size of random-resized crops.
 * @returns The step.
 * @throws {RangeError} If a name is unknown, an option is out of range, Cutout is not last or a random-resized crop is
 * not first.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => augmenter([{ name: "cutout" }, { name: "flip" }]), RangeError, "last");
 * ```
 */
export function augmenter(augmentations: readonly Augmentation[], size?: Size): Step {
  const steps = augmentations.map((augmentation, index) => {
    if (!Object.hasOwn(BUILDERS, augmentation.name)) {
      throw new RangeError(
        `Expected an augmentation to be ${
          Object.keys(BUILDERS).join(", ")
        } but found ${augmentation.name}`,
      );
    }
    if (augmentation.name === "cutout" && index < augmentations.length - 1) {
      throw new RangeError(
        `Expected cutout to be the last augmentation but ${augmentations[index + 1].name} follows`,
      );
    }
    if (augmentation.name === "random-resized-crop" && index > 0) {
      throw new RangeError(
        `Expected random-resized-crop to be the first augmentation but ${
          augmentations[index - 1].name
        } comes before it`,
      );
    }
    return BUILDERS[augmentation.name](augmentation as never, size);
  });
  return (canvas, random) => {
    for (const step of steps) step(canvas, random);
  };
}

/**
 * Tests whether augmentation resizes images of any size to the data set's size.
 *
 * @param augmentations Augmentations to apply.
 * @returns Whether a random-resized crop comes first.
 */
export function bringsToSize(augmentations: readonly Augmentation[]): boolean {
  return augmentations[0]?.name === "random-resized-crop";
}
