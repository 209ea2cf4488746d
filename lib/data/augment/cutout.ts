/**
 * Cutout.
 *
 * @module
 */
import type { Canvas } from "./canvas.ts";
import { type Fill, fillValues, type Step } from "./step.ts";

/** Cutout: masks a random square. */
export interface Cutout {
  /** Discriminant of the augmentation. Cutout must be the last one. */
  readonly name: "cutout";
  /**
   * Side of the square in pixels.
   *
   * @default {16}
   */
  readonly size?: number;
  /**
   * Fill of the square: the data set's mean, applied after normalisation, or a colour, applied before it.
   *
   * @default {"mean"}
   */
  readonly fill?: "mean" | Fill;
}

/**
 * Builds Cutout (DeVries and Taylor, 2017, <https://arxiv.org/abs/1708.04552>): one square centred at a random pixel
 * and clipped to the image. Its values are 0 after normalisation, that is the data set's mean, as in the authors' code.
 * Balanced Softmax's code (Ren et al. 2020), which the paper follows for CIFAR, masks before normalisation with black:
 * `fill: 0`.
 *
 * @param options Side and fill of the square.
 * @returns A step that draws two random numbers. With `fill: "mean"` it does not change pixels, but adds a hole to the
 * canvas, which normalisation sets to 0.
 * @throws {RangeError} If the side is not an integer above 0, or the fill is not a colour.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
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

/** Parses the fill: a colour, or `undefined` for the mean. */
function fillOf(fill: "mean" | Fill): Uint8Array | undefined {
  if (fill === "mean") return undefined;
  if (typeof fill === "string") {
    throw new RangeError(`Expected the hole's fill to be mean or a colour but found ${fill}`);
  }
  return fillValues(fill);
}

/** Fills a rectangle in place. */
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
