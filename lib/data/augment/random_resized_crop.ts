/**
 * Random-resized crop.
 *
 * @module
 */
import type { Rng } from "../../core/rng.ts";
import type { Rectangle } from "../resample.ts";
import type { Canvas } from "./canvas.ts";
import { halfToEven } from "./half_to_even.ts";
import { expectColour, type Step } from "./step.ts";

/** Random-resized crop: a random window of random area and aspect ratio, resized. */
export interface RandomResizedCrop {
  /** Discriminant of the augmentation. It must be the first one, and accepts images of any size. */
  readonly name: "random-resized-crop";
  /**
   * Height and width of the result.
   *
   * @default {that of the data set's images}
   */
  readonly size?: readonly [height: number, width: number];
  /**
   * Smallest and largest fraction of the image's area, in (0, 1].
   *
   * @default {[0.08, 1]}
   */
  readonly scale?: readonly [smallest: number, largest: number];
  /**
   * Smallest and largest aspect ratio, width / height.
   *
   * @default {[3 / 4, 4 / 3]}
   */
  readonly ratio?: readonly [smallest: number, largest: number];
}

/** Attempts to draw a window before the fallback. */
const TRIES = 10;

/**
 * Builds a random-resized crop as torchvision's `RandomResizedCrop` on PIL images: area and logarithm of the aspect
 * ratio are uniform; the window is resized with antialiased bilinear interpolation.
 *
 * Source: Szegedy et al. 2015, Going Deeper with Convolutions, section 6 (<https://arxiv.org/abs/1409.4842>).
 *
 * @param options Size, scale, ratio.
 * @param fallback Default size of the result.
 * @returns A step that draws 4 to 22 random numbers.
 * @throws {RangeError} If there is no size, or scale or ratio are out of range; when applied, if an image does not have
 * 3 channels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { Canvas } from "./canvas.ts";
 *
 * const canvas = new Canvas();
 * canvas.load(new Uint8Array(20 * 30 * 3), 0, 20, 30, 3);
 * randomResizedCrop({ name: "random-resized-crop", size: [8, 9] })(canvas, rng(0));
 * assertEquals([canvas.height, canvas.width], [8, 9]);
 * ```
 */
export function randomResizedCrop(
  { size, scale = [0.08, 1], ratio = [3 / 4, 4 / 3] }: RandomResizedCrop,
  fallback?: readonly [height: number, width: number],
): Step {
  const [height, width] = size ?? fallback ?? [NaN, NaN];
  if (![height, width].every((side) => Number.isInteger(side) && side > 0)) {
    throw new RangeError(
      `Expected the crop's size to be two integers above 0 but found ${size ?? fallback ?? "none"}`,
    );
  }
  for (
    const [name, [min, max], limit] of [["scale", scale, 1], ["ratio", ratio, 1e6]] as const
  ) {
    if (!(min > 0 && min <= max && max <= limit)) {
      throw new RangeError(
        `Expected ${name} to be two ascending numbers above 0 and up to ${limit} but found ` +
          `${[min, max]}`,
      );
    }
  }
  return (canvas: Canvas, random: Rng) => {
    expectColour(canvas, "random-resized-crop");
    canvas.resize(cropWindow(canvas, scale, ratio, random), height, width);
  };
}

/**
 * Draws the window of a random-resized crop.
 *
 * @param image Size of the image.
 * @param scale Smallest and largest fraction of its area.
 * @param ratio Smallest and largest aspect ratio, width / height.
 * @param random Random stream.
 * @returns The window; if ten attempts do not fit, the largest centred one with a valid aspect ratio.
 */
export function cropWindow(
  image: { readonly height: number; readonly width: number },
  scale: readonly [number, number],
  ratio: readonly [number, number],
  random: Rng,
): Rectangle {
  const between = ([min, max]: readonly [number, number]) => min + random.uniform() * (max - min);
  const logarithms = [Math.log(ratio[0]), Math.log(ratio[1])] as const;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const area = image.height * image.width * between(scale);
    const shape = Math.exp(between(logarithms));
    const width = halfToEven(Math.sqrt(area * shape));
    const height = halfToEven(Math.sqrt(area / shape));
    if (width > 0 && width <= image.width && height > 0 && height <= image.height) {
      const top = random.below(image.height - height + 1);
      const left = random.below(image.width - width + 1);
      return { left, top, width, height };
    }
  }
  let { width, height } = image;
  if (width / height < ratio[0]) height = halfToEven(width / ratio[0]);
  else if (width / height > ratio[1]) width = halfToEven(height * ratio[1]);
  const left = Math.floor((image.width - width) / 2);
  return { left, top: Math.floor((image.height - height) / 2), width, height };
}
