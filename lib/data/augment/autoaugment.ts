/**
 * AutoAugment.
 *
 * @module
 */
import { type Choice, CIFAR_POLICY, type OperationName } from "./cifar_policy.ts";
import { autoContrast } from "./operations/auto_contrast.ts";
import { brightness } from "./operations/brightness.ts";
import { color } from "./operations/color.ts";
import { contrast } from "./operations/contrast.ts";
import { equalize } from "./operations/equalize.ts";
import { invert } from "./operations/invert.ts";
import type { Operation } from "./operations/operation.ts";
import { posterize } from "./operations/posterize.ts";
import { rotate } from "./operations/rotate.ts";
import { sharpness } from "./operations/sharpness.ts";
import { shearX, shearY } from "./operations/shear.ts";
import { solarize } from "./operations/solarize.ts";
import { translateX, translateY } from "./operations/translate.ts";
import type { Canvas } from "./canvas.ts";
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

/** How a level from 0 to 9 becomes the magnitude of an operation. */
interface Scaled {
  readonly run: Operation;
  readonly magnitude: (level: number, canvas: Canvas) => number;
  /** Whether the magnitude changes its sign for half of the images. */
  readonly signed: boolean;
}

const HIGHEST_LEVEL = 9;
/** Share of the image by which the highest level shifts: 150 of 331 pixels in the paper. */
const FURTHEST_SHIFT = 150 / 331;

const upTo = (most: number) => (level: number) => most * level / HIGHEST_LEVEL;
const signed = (run: Operation, magnitude: Scaled["magnitude"]): Scaled => ({
  run,
  magnitude,
  signed: true,
});
const unsigned = (run: Operation, magnitude: Scaled["magnitude"] = () => 0): Scaled => ({
  run,
  magnitude,
  signed: false,
});

export const OPERATIONS: Readonly<Record<OperationName, Scaled>> = {
  shearX: signed(shearX, upTo(0.3)),
  shearY: signed(shearY, upTo(0.3)),
  translateX: signed(translateX, (level, { width }) => upTo(FURTHEST_SHIFT * width)(level)),
  translateY: signed(translateY, (level, { height }) => upTo(FURTHEST_SHIFT * height)(level)),
  rotate: signed(rotate, upTo(30)),
  brightness: signed(brightness, upTo(0.9)),
  color: signed(color, upTo(0.9)),
  contrast: signed(contrast, upTo(0.9)),
  sharpness: signed(sharpness, upTo(0.9)),
  posterize: unsigned(posterize, (level) => 8 - Math.round(upTo(4)(level))),
  solarize: unsigned(solarize, (level) => 255 - upTo(255)(level)),
  autoContrast: unsigned(autoContrast),
  equalize: unsigned(equalize),
  invert: unsigned(invert),
};

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
    apply(canvas, first, draws[0], draws[1] < 0.5, fill);
    apply(canvas, second, draws[2], draws[3] < 0.5, fill);
  };
}

function apply(
  canvas: Canvas,
  [name, probability, level = 0]: Choice,
  draw: number,
  negative: boolean,
  fill: Uint8Array,
): void {
  if (draw >= probability) return;
  const { run, magnitude, signed } = OPERATIONS[name];
  const amount = magnitude(level, canvas);
  run(canvas, signed && negative ? -amount : amount, fill);
}
