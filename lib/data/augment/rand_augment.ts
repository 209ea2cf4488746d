/**
 * RandAugment.
 *
 * @module
 */
import type { OperationName } from "./cifar_policy.ts";
import { applyScaled } from "./scaled_operations.ts";
import { expectColour, type Fill, fillValues, type Step } from "./step.ts";

/** RandAugment: random operations of the same magnitude. */
export interface RandAugment {
  /** Discriminant of the augmentation. */
  readonly name: "rand-augment";
  /**
   * Number of operations applied in sequence.
   *
   * @default {2}
   */
  readonly operations?: number;
  /**
   * Magnitude, an integer in [0, bins).
   *
   * @default {9}
   */
  readonly magnitude?: number;
  /**
   * Number of magnitude levels.
   *
   * @default {31}
   */
  readonly bins?: number;
  /**
   * Value of pixels from outside the image.
   *
   * @default {0}
   */
  readonly fill?: Fill;
}

/** The operations in torchvision's order. */
const CHOICES: readonly (OperationName | "identity")[] = [
  "identity",
  "shearX",
  "shearY",
  "translateX",
  "translateY",
  "rotate",
  "brightness",
  "color",
  "contrast",
  "sharpness",
  "posterize",
  "solarize",
  "autoContrast",
  "equalize",
];

/**
 * Builds RandAugment with the operations, ranges and rounding of torchvision's `RandAugment`.
 *
 * Source: Cubuk et al. 2019, RandAugment (<https://arxiv.org/abs/1909.13719>).
 *
 * @param options Number of operations, magnitude, number of levels, fill.
 * @returns A step that draws two random numbers for each operation.
 * @throws {RangeError} If an option is out of range; when applied, if an image does not have 3 channels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { Canvas } from "./canvas.ts";
 *
 * const canvas = new Canvas(), random = rng(0);
 * canvas.load(new Uint8Array(32 * 32 * 3), 0, 32, 32, 3);
 * randAugment({ name: "rand-augment" })(canvas, random);
 * assertEquals(random.position, 4);
 * ```
 */
export function randAugment(options: RandAugment): Step {
  const { operations = 2, magnitude = 9, bins = 31 } = options;
  const fill = fillValues(options.fill ?? 0);
  if (!Number.isInteger(operations) || operations < 0) {
    throw new RangeError(
      `Expected operations to be an integer of at least 0 but found ${operations}`,
    );
  }
  if (!Number.isInteger(bins) || bins < 2) {
    throw new RangeError(`Expected bins to be an integer of at least 2 but found ${bins}`);
  }
  if (!Number.isInteger(magnitude) || magnitude < 0 || magnitude >= bins) {
    throw new RangeError(
      `Expected magnitude to be an integer from 0 to ${bins - 1} but found ${magnitude}`,
    );
  }
  const fraction = magnitude / (bins - 1);
  return (canvas, random) => {
    expectColour(canvas, "rand-augment");
    for (let i = 0; i < operations; i++) {
      const name = CHOICES[random.below(CHOICES.length)], negative = random.below(2) === 1;
      if (name !== "identity") applyScaled(canvas, name, fraction, negative, fill);
    }
  };
}
