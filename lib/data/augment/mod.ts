/**
 * Augmentation: images changed at random, described as plain data that can be handed to a worker.
 *
 * ```ts
 * import { augmenter, type Augmentation } from "./mod.ts";
 *
 * const paper: Augmentation[] = [
 *   { name: "crop", padding: 4 },
 *   { name: "flip" },
 *   { name: "autoaugment" },
 *   { name: "cutout", size: 16 },
 * ];
 * augmenter(paper);
 * ```
 *
 * @module
 */
import { type AutoAugment, autoaugment } from "./autoaugment.ts";
import { type Crop, crop } from "./crop.ts";
import { type Cutout, cutout } from "./cutout.ts";
import { type Flip, flip } from "./flip.ts";
import type { Step } from "./step.ts";

export type { AutoAugment } from "./autoaugment.ts";
export type { Crop } from "./crop.ts";
export type { Cutout } from "./cutout.ts";
export type { Flip } from "./flip.ts";
export type { Fill, Step } from "./step.ts";

/** One random change of an image, as plain data. */
export type Augmentation = Crop | Flip | AutoAugment | Cutout;

const BUILDERS: { [Name in Augmentation["name"]]: (options: never) => Step } = {
  crop,
  flip,
  autoaugment,
  cutout,
};

/**
 * Builds a list of augmentations into one step that applies them in their order.
 *
 * @param augmentations What to apply.
 * @returns The step.
 * @throws {RangeError} If a name is unknown, a value out of its range, or Cutout is not the last.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => augmenter([{ name: "cutout" }, { name: "flip" }]), RangeError, "last");
 * ```
 */
export function augmenter(augmentations: readonly Augmentation[]): Step {
  const steps = augmentations.map((augmentation, place) => {
    if (!Object.hasOwn(BUILDERS, augmentation.name)) {
      throw new RangeError(
        `Expected an augmentation to be ${
          Object.keys(BUILDERS).join(", ")
        } but found ${augmentation.name}`,
      );
    }
    if (augmentation.name === "cutout" && place < augmentations.length - 1) {
      throw new RangeError(
        `Expected cutout to be the last augmentation but ${augmentations[place + 1].name} follows`,
      );
    }
    return BUILDERS[augmentation.name](augmentation as never);
  });
  return (canvas, random) => {
    for (const step of steps) step(canvas, random);
  };
}
