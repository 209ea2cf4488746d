/**
 * Cutout.
 *
 * @module
 */
import type { Canvas } from "./canvas.ts";
import { type Fill, fillValues, type Step } from "./step.ts";

/** Cutout: a square hole. */
export interface Cutout {
  /** Which augmentation this is. It comes last. */
  readonly name: "cutout";
  /**
   * Side of the hole in pixels.
   *
   * @default {16}
   */
  readonly size?: number;
  /**
   * What the hole is filled with: the data set's mean, for the hole is cut after normalisation, or a colour before it.
   *
   * @default {"mean"}
   */
  readonly fill?: "mean" | Fill;
}

/**
 * Builds Cutout (DeVries and Taylor, 2017, <https://arxiv.org/abs/1708.04552>): one hole whose
 * centre is anywhere in the image, cut off at the image's edges. Its values are 0 after
 * normalisation, that is the data set's mean, as in the authors' own code. Balanced Softmax's code (Ren et al. 2020),
 * by which the paper trains CIFAR, cuts before normalising: a black hole, with `fill: 0`.
 *
 * @param options Side of the hole, what fills it.
 * @returns A step that draws two numbers. It leaves the pixels alone where the mean fills the hole: the hole is noted
 * on the canvas, and normalising fills it with 0.
 * @throws {RangeError} If the side is no integer above 0, or the fill no colour.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "../../core/rng.ts";
 * import { Canvas } from "./canvas.ts";
 *
 * const canvas = new Canvas();
 * canvas.load(new Uint8Array(4), 0, 2, 2, 1);
 * cutout({ name: "cutout", size: 16 })(canvas, rng(0));
 * assertEquals(canvas.holes, [0, 0, 2, 2]);
 * ```
 */
export function cutout(options: Cutout): Step {
  const { size = 16 } = options;
  const colour = fillOf(options.fill ?? "mean");
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`Expected the hole's size to be an integer above 0 but found ${size}`);
  }
  const half = Math.floor(size / 2);
  return (canvas, random) => {
    const { height, width } = canvas;
    const y = random.below(height) - half, x = random.below(width) - half;
    const top = Math.max(0, y), left = Math.max(0, x);
    const bottom = Math.min(height, y + size), right = Math.min(width, x + size);
    if (colour) paint(canvas, colour, top, left, bottom, right);
    else canvas.holes.push(top, left, bottom, right);
  };
}

/** A colour; nothing for the mean. */
function fillOf(fill: "mean" | Fill): Uint8Array | undefined {
  if (fill === "mean") return undefined;
  if (typeof fill === "string") {
    throw new RangeError(`Expected the hole's fill to be mean or a colour but found ${fill}`);
  }
  return fillValues(fill);
}

/** Fills a rectangle. */
function paint(
  { pixels, width, channels }: Canvas,
  colour: Uint8Array,
  top: number,
  left: number,
  bottom: number,
  right: number,
): void {
  for (let y = top; y < bottom; y++) {
    for (let i = (y * width + left) * channels; i < (y * width + right) * channels; i++) {
      pixels[i] = colour[i % channels];
    }
  }
}
