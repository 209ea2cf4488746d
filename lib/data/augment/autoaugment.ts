/**
 * AutoAugment.
 *
 * @module
 */
import { CIFAR_POLICY } from "./cifar_policy.ts";
import { applyScaled, BALANCED_SOFTMAX_OPERATIONS, OPERATIONS } from "./scaled_operations.ts";
import { expectColour, type Fill, fillValues, type Step } from "./step.ts";

/** AutoAugment: one of 25 pairs of colour and geometric operations. */
export interface AutoAugment {
  /** Discriminant of the augmentation. */
  readonly name: "autoaugment";
  /** The policy; the one found on CIFAR-10 is also used for CIFAR-100. */
  readonly policy?: "cifar";
  /**
   * Implementation of the operations: torchvision's, or that of Balanced Softmax's code, which the paper follows for
   * CIFAR. The latter shears with bicubic interpolation, rounds shifts to the nearest pixel instead of towards 0,
   * rotates all images counter-clockwise, and scales solarising thresholds to 256 instead of 255.
   *
   * @default {"torchvision"}
   */
  readonly operations?: "torchvision" | "balanced-softmax";
  /**
   * Value of pixels from outside the image.
   *
   * @default {128}
   */
  readonly fill?: Fill;
}

const HIGHEST_LEVEL = 9;

const OPERATIONS_OF = {
  torchvision: OPERATIONS,
  "balanced-softmax": BALANCED_SOFTMAX_OPERATIONS,
};

/**
 * Builds AutoAugment with the policy found on CIFAR-10: a pair of operations is drawn for each image, and each is
 * applied with its own probability, with magnitudes and rounding as in torchvision's
 * `AutoAugment(AutoAugmentPolicy.CIFAR10)` or in Balanced Softmax's code.
 *
 * Source: Cubuk et al. 2019, AutoAugment, Table 7 (<https://arxiv.org/abs/1805.09501>); Ren et al. 2020, Balanced
 * Meta-Softmax, its authors' code.
 *
 * @param options Policy, operations and fill.
 * @returns A step that draws five random numbers.
 * @throws {RangeError} If policy or operations are unknown; when applied, if an image does not have 3 channels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { Canvas } from "./canvas.ts";
 *
 * const canvas = new Canvas(), random = rng(0);
 * canvas.load(new Uint8Array(32 * 32 * 3), 0, 32, 32, 3);
 * autoaugment({ name: "autoaugment" })(canvas, random);
 * assertEquals(random.position, 5);
 * ```
 */
export function autoaugment(options: AutoAugment): Step {
  const { policy = "cifar", operations: whose = "torchvision" } = options;
  const fill = fillValues(options.fill ?? 128);
  if (policy !== "cifar") {
    throw new RangeError(`Expected the policy to be cifar but found ${policy}`);
  }
  const operations = OPERATIONS_OF[whose];
  if (!operations) {
    throw new RangeError(
      `Expected the operations to be ${Object.keys(OPERATIONS_OF).join(" or ")} but found ${whose}`,
    );
  }
  return (canvas, random) => {
    expectColour(canvas, "autoaugment");
    const [first, second] = CIFAR_POLICY[random.below(CIFAR_POLICY.length)];
    // Always draws all numbers, so that the stream's position depends only on the number of images.
    const draws = [random.uniform(), random.uniform(), random.uniform(), random.uniform()];
    for (const [index, [name, probability, level = 0]] of [first, second].entries()) {
      if (draws[2 * index] >= probability) continue;
      const fraction = level / HIGHEST_LEVEL, negative = draws[2 * index + 1] < 0.5;
      applyScaled(canvas, name, fraction, negative, fill, operations);
    }
  };
}
