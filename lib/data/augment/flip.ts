/**
 * Random horizontal flip.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import type { Step } from "./step.ts";

/** Random horizontal flip. */
export interface Flip {
  /** Discriminant of the augmentation. */
  readonly name: "flip";
  /**
   * Probability of flipping an image, 0 to 1.
   *
   * @default {0.5}
   */
  readonly probability?: number;
}

/**
 * Builds a random horizontal flip.
 *
 * @param options Probability.
 * @returns A step that draws one random number.
 * @throws {RangeError} If the probability is not in [0, 1].
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { Canvas } from "./canvas.ts";
 *
 * const canvas = new Canvas();
 * canvas.load(Uint8Array.of(1, 2, 3), 0, 1, 3, 1);
 * flip({ name: "flip", probability: 1 })(canvas, rng(0));
 * assertEquals([...canvas.pixels], [3, 2, 1]);
 * ```
 */
export function flip(options: Flip): Step {
  const { probability = 0.5 } = options;
  expectRange("from 0 to 1", { probability });
  return (canvas, random) => {
    if (random.uniform() >= probability) return;
    const { pixels, height, width, channels } = canvas;
    for (let y = 0; y < height; y++) {
      let left = y * width * channels, right = (y * width + width - 1) * channels;
      for (; left < right; left += channels, right -= channels) {
        for (let c = 0; c < channels; c++) {
          const kept = pixels[left + c];
          pixels[left + c] = pixels[right + c];
          pixels[right + c] = kept;
        }
      }
    }
  };
}
