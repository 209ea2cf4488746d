/**
 * Operations of AutoAugment and RandAugment with their magnitude ranges.
 *
 * @module
 */
import type { Canvas } from "./canvas.ts";
import type { OperationName } from "./cifar_policy.ts";
import { halfToEven } from "./half_to_even.ts";
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
import { shearX, shearY, smoothShearX, smoothShearY } from "./operations/shear.ts";
import { solarize } from "./operations/solarize.ts";
import {
  roundedTranslateX,
  roundedTranslateY,
  translateX,
  translateY,
} from "./operations/translate.ts";

/** An operation and its magnitude range. */
export interface Scaled {
  /** The operation. */
  readonly run: Operation;
  /** Magnitude at a fraction, 0 to 1, of the range. */
  readonly magnitude: (fraction: number, canvas: Canvas) => number;
  /** Whether the magnitude is negated for half of the images. */
  readonly signed: boolean;
}

/** Largest shift as a fraction of the side: 150 of 331 pixels in the paper. */
const FURTHEST_SHIFT = 150 / 331;

const upTo = (max: number) => (fraction: number) => max * fraction;
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

const shiftOf = (fraction: number, side: number) => FURTHEST_SHIFT * side * fraction;

/** All operations with their ranges. */
export type Operations = Readonly<Record<OperationName, Scaled>>;

/** Operations and ranges of torchvision. */
export const OPERATIONS: Operations = {
  shearX: signed(shearX, upTo(0.3)),
  shearY: signed(shearY, upTo(0.3)),
  translateX: signed(translateX, (fraction, { width }) => shiftOf(fraction, width)),
  translateY: signed(translateY, (share, { height }) => shiftOf(share, height)),
  rotate: signed(rotate, upTo(30)),
  brightness: signed(brightness, upTo(0.9)),
  color: signed(color, upTo(0.9)),
  contrast: signed(contrast, upTo(0.9)),
  sharpness: signed(sharpness, upTo(0.9)),
  posterize: unsigned(posterize, (share) => 8 - halfToEven(4 * share)),
  solarize: unsigned(solarize, (share) => 255 - 255 * share),
  autoContrast: unsigned(autoContrast),
  equalize: unsigned(equalize),
  invert: unsigned(invert),
};

/**
 * Operations and ranges of Balanced Softmax's code, which the paper follows for CIFAR: bicubic shears, shifts rounded
 * to the nearest pixel, counter-clockwise rotations only, solarising thresholds scaled to 256.
 */
export const BALANCED_SOFTMAX_OPERATIONS: Operations = {
  ...OPERATIONS,
  shearX: signed(smoothShearX, upTo(0.3)),
  shearY: signed(smoothShearY, upTo(0.3)),
  translateX: signed(roundedTranslateX, (fraction, { width }) => shiftOf(fraction, width)),
  translateY: signed(roundedTranslateY, (share, { height }) => shiftOf(share, height)),
  rotate: unsigned(rotate, upTo(30)),
  solarize: unsigned(solarize, (share) => 256 - 256 * share),
};

/**
 * Applies an operation at a fraction of its range.
 *
 * @param canvas The image.
 * @param name Name of the operation.
 * @param fraction Fraction of the range, 0 to 1.
 * @param negative Whether to negate a signed magnitude.
 * @param fill Value of pixels from outside the image.
 * @param operations Implementation of the operations.
 */
export function applyScaled(
  canvas: Canvas,
  name: OperationName,
  fraction: number,
  negative: boolean,
  fill: Uint8Array,
  operations = OPERATIONS,
): void {
  const { run, magnitude, signed } = operations[name];
  const amount = magnitude(fraction, canvas);
  run(canvas, signed && negative ? -amount : amount, fill);
}
