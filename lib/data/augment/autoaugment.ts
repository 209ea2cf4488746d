/**
 * AutoAugment.
 *
 * @module
 */
import { CIFAR_POLICY } from "./cifar_policy.ts";
import { applyScaled } from "./scaled_operations.ts";
import { expectColour, type Fill, fillValues, type Step } from "./step.ts";

/** AutoAugment: one of 25 pairs of colour and shape changes. */
export interface AutoAugment {
  /** Which augmentation this is. */
  readonly name: "autoaugment";
  /** The policy: the one found on CIFAR-10, used for CIFAR-100 too. */
  readonly policy?: "cifar";
  /**
   * Value of pixels that come from outside the image.
   *
   * @default {128}
   */
  readonly fill?: Fill;
}

const HIGHEST_LEVEL = 9;

/**
 * Builds AutoAugment with the policy found on CIFAR-10: a pair of operations drawn for each image,
 * each of them applied with its own probability, with magnitudes and rounding as in torchvision's
 * `AutoAugment(AutoAugmentPolicy.CIFAR10)`.
 *
 * Source: Cubuk et al. 2019, AutoAugment, Table 7 (<https://arxiv.org/abs/1805.09501>).
 *
 * @param options Policy and fill.
 * @returns A step that draws five numbers.
 * @throws {RangeError} If the policy is unknown; later, if an image has not 3 channels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "../../core/rng.ts";
 * import { Canvas } from "./canvas.ts";
 *
 * const canvas = new Canvas(), random = rng(0);
 * canvas.load(new Uint8Array(32 * 32 * 3), 0, 32, 32, 3);
 * autoaugment({ name: "autoaugment" })(canvas, random);
 * assertEquals(random.position, 5);
 * ```
 */
export function autoaugment(options: AutoAugment): Step {
  const { policy = "cifar" } = options;
  const fill = fillValues(options.fill ?? 128);
  if (policy !== "cifar") {
    throw new RangeError(`Expected the policy to be cifar but found ${policy}`);
  }
  return (canvas, random) => {
    expectColour(canvas, "autoaugment");
    const [first, second] = CIFAR_POLICY[random.below(CIFAR_POLICY.length)];
    // All numbers are drawn whether needed or not, so that a stream's position tells the image.
    const draws = [random.uniform(), random.uniform(), random.uniform(), random.uniform()];
    for (const [place, [name, probability, level = 0]] of [first, second].entries()) {
      if (draws[2 * place] >= probability) continue;
      applyScaled(canvas, name, level / HIGHEST_LEVEL, draws[2 * place + 1] < 0.5, fill);
    }
  };
}
