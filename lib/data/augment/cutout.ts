/**
 * Cutout.
 *
 * @module
 */
import type { Step } from "./step.ts";

/** Cutout: a square hole that the network sees as the mean colour. */
export interface Cutout {
  /** Which augmentation this is. It comes last, for the hole is cut after normalisation. */
  readonly name: "cutout";
  /**
   * Side of the hole in pixels.
   *
   * @default {16}
   */
  readonly size?: number;
}

/**
 * Builds Cutout (DeVries and Taylor, 2017, <https://arxiv.org/abs/1708.04552>): one hole whose
 * centre is anywhere in the image, cut off at the image's edges. Its values are 0 after
 * normalisation, that is the data set's mean, as in the authors' own code.
 *
 * @param options Side of the hole.
 * @returns A step that draws two numbers and leaves the pixels alone: the hole is noted on the
 * canvas, and normalising fills it with 0.
 * @throws {RangeError} If the side is no integer above 0.
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
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`Expected the hole's size to be an integer above 0 but found ${size}`);
  }
  const half = Math.floor(size / 2);
  return ({ height, width, holes }, random) => {
    const top = random.below(height) - half, left = random.below(width) - half;
    holes.push(
      Math.max(0, top),
      Math.max(0, left),
      Math.min(height, top + size),
      Math.min(width, left + size),
    );
  };
}
