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

/** Colour jitter: brightness, contrast, saturation and hue changed at random, in random order. */
export interface ColorJitter {
  /** Which augmentation this is. */
  readonly name: "color-jitter";
  /**
   * Brightness is multiplied by 1 − this to 1 + this, and by 0 at least.
   *
   * @default {0.4}
   */
  readonly brightness?: number;
  /**
   * The same of contrast.
   *
   * @default {0.4}
   */
  readonly contrast?: number;
  /**
   * The same of saturation.
   *
   * @default {0.4}
   */
  readonly saturation?: number;
  /**
   * Hues are turned by up to this share of the circle, 0 to 0.5.
   *
   * @default {0}
   */
  readonly hue?: number;
}

/** The changes, in the order in which torchvision numbers them. */
const CHANGES = ["brightness", "contrast", "saturation", "hue"] as const;

/**
 * Builds colour jitter, as `ColorJitter` of torchvision on PIL images.
 *
 * @param options How far each of the four goes; 0 leaves it out.
 * @returns A step that draws seven numbers.
 * @throws {RangeError} If a number is negative, or hue above 0.5; later, if an image has not 3 channels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "../../core/rng.ts";
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
    const most = change === "hue" ? 0.5 : Infinity, value = reach[change];
    if (value >= 0 && value <= most && Number.isFinite(value)) continue;
    throw new RangeError(
      `Expected ${change} to be ${
        most === 0.5 ? "from 0 to 0.5" : "at least 0"
      } but found ${value}`,
    );
  }
  return (canvas, random) => {
    expectColour(canvas, "color-jitter");
    const order = shuffle([0, 1, 2, 3], random);
    // All numbers are drawn whether needed or not, so that a stream's position tells the image.
    const factors = CHANGES.map((change) => {
      const centre = change === "hue" ? 0 : 1;
      const least = change === "hue" ? -reach.hue : Math.max(0, centre - reach[change]);
      return least + random.uniform() * (centre + reach[change] - least);
    });
    const used = order.filter((place) => reach[CHANGES[place]] > 0);
    for (const place of used) changeColour(canvas, place, factors[place]);
  };
}

/**
 * Makes one change of colour jitter.
 *
 * @param canvas The image.
 * @param place Which change: 0 brightness, 1 contrast, 2 saturation, 3 hue.
 * @param factor What the property is multiplied by; the share of the circle that hues are turned by.
 */
export function changeColour(canvas: Canvas, place: number, factor: number): void {
  if (place === 3) hue(canvas, factor);
  else [brightness, contrast, color][place](canvas, factor - 1);
}
