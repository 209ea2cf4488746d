/**
 * Colour jitter.
 *
 * @module
 */
import { shuffle } from "../../core/rng.ts";
import type { Canvas } from "./canvas.ts";
import { brightness } from "./operations/brightness.ts";
import { color } from "./operations/color.ts";
import { contrast } from "./operations/contrast.ts";
import { hue } from "./operations/hue.ts";
import { expectColour, type Step } from "./step.ts";

/** Colour jitter: random changes of brightness, contrast, saturation and hue, in random order. */
export interface ColorJitter {
  /** Discriminant of the augmentation. */
  readonly name: "color-jitter";
  /**
   * Maximum change b of brightness: the factor is uniform in [max(0, 1 − b), 1 + b).
   *
   * @default {0.4}
   */
  readonly brightness?: number;
  /**
   * Maximum change of contrast, likewise.
   *
   * @default {0.4}
   */
  readonly contrast?: number;
  /**
   * Maximum change of saturation, likewise.
   *
   * @default {0.4}
   */
  readonly saturation?: number;
  /**
   * Maximum rotation of the hue as a fraction of the colour circle, 0 to 0.5.
   *
   * @default {0}
   */
  readonly hue?: number;
}

/** The changes, in torchvision's order. */
const CHANGES = ["brightness", "contrast", "saturation", "hue"] as const;

/**
 * Builds colour jitter as torchvision's `ColorJitter` on PIL images.
 *
 * @param options Maximum change of each property; 0 disables it.
 * @returns A step that draws seven random numbers.
 * @throws {RangeError} If an option is negative, or hue is above 0.5; when applied, if an image does not have 3
 * channels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { Canvas } from "./canvas.ts";
 *
 * const canvas = new Canvas(), random = rng(0);
 * canvas.load(Uint8Array.of(90, 90, 90), 0, 1, 1, 3);
 * colorJitter({ name: "color-jitter" })(canvas, random);
 * assertEquals([canvas.pixels[0] === canvas.pixels[1], random.position], [true, 7]);
 * ```
 */
export function colorJitter(options: ColorJitter): Step {
  const reach = { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0, ...options };
  for (const change of CHANGES) {
    const max = change === "hue" ? 0.5 : Infinity, value = reach[change];
    if (value >= 0 && value <= max && Number.isFinite(value)) continue;
    throw new RangeError(
      `Expected ${change} to be ${max === 0.5 ? "from 0 to 0.5" : "at least 0"} but found ${value}`,
    );
  }
  return (canvas, random) => {
    expectColour(canvas, "color-jitter");
    const order = shuffle([0, 1, 2, 3], random);
    // Always draws all numbers, so that the stream's position depends only on the number of images.
    const factors = CHANGES.map((change) => {
      const centre = change === "hue" ? 0 : 1;
      const min = change === "hue" ? -reach.hue : Math.max(0, centre - reach[change]);
      return min + random.uniform() * (centre + reach[change] - min);
    });
    const used = order.filter((index) => reach[CHANGES[index]] > 0);
    for (const position of used) changeColour(canvas, position, factors[position]);
  };
}

/**
 * Applies one change of colour jitter in place.
 *
 * @param canvas The image.
 * @param index Index of the change: 0 brightness, 1 contrast, 2 saturation, 3 hue.
 * @param factor Factor of the property; for hue, rotation as a fraction of the colour circle.
 */
export function changeColour(canvas: Canvas, index: number, factor: number): void {
  if (index === 3) hue(canvas, factor);
  else [brightness, contrast, color][index](canvas, factor - 1);
}
