/**
 * Named augmentations for recipes and settings.
 *
 * @module
 */
import type { Augmentation } from "./mod.ts";

/** Name of an augmentation. */
export type AugmentationName =
  | "none"
  | "crop-flip"
  | "crop-flip-cutout"
  | "autoaugment"
  | "autoaugment-cutout"
  | "randaugment"
  | "randaugment-cutout"
  | "resized-crop"
  | "resized-crop-jitter";

/** Reference side in pixels for the usual crop and Cutout sizes of CIFAR. */
const CIFAR_SIDE = 32;

const at = (side: number, pixels: number) => Math.max(1, Math.round(pixels * side / CIFAR_SIDE));
const cropFlip = (side: number): readonly Augmentation[] => [
  { name: "crop", padding: at(side, 4) },
  { name: "flip" },
];
const cutout = (side: number) => ({ name: "cutout", size: at(side, 16) }) as const;
const resizedCrop: readonly Augmentation[] = [{ name: "random-resized-crop" }, { name: "flip" }];

/** Builds each named augmentation for square images of a given side. */
const NAMED: Readonly<Record<AugmentationName, (side: number) => readonly Augmentation[]>> = {
  none: () => [],
  "crop-flip": cropFlip,
  "crop-flip-cutout": (side) => [...cropFlip(side), cutout(side)],
  autoaugment: (side) => [...cropFlip(side), { name: "autoaugment" }],
  // Exactly as in Balanced Softmax's code, which the paper follows.
  "autoaugment-cutout": (side) => [
    ...cropFlip(side),
    { name: "autoaugment", operations: "balanced-softmax" },
    { ...cutout(side), fill: 0 },
  ],
  randaugment: (side) => [...cropFlip(side), { name: "rand-augment" }],
  "randaugment-cutout": (side) => [...cropFlip(side), { name: "rand-augment" }, cutout(side)],
  "resized-crop": () => resizedCrop,
  "resized-crop-jitter": () => [...resizedCrop, { name: "color-jitter" }],
};

/** Names of all augmentations. */
export const AUGMENTATION_NAMES: readonly AugmentationName[] = Object.keys(
  NAMED,
) as AugmentationName[];

/**
 * Returns a named augmentation. Padding and Cutout size are 4 and 16 pixels for images of 32 pixels, and scale with the
 * side.
 *
 * @param name `none`; `crop-flip`, alone or followed by `autoaugment` or `randaugment`, each optionally with `cutout`;
 * `autoaugment-cutout` is the paper's for CIFAR, with Balanced Softmax's operations and a black square; `resized-crop`
 * (and flip) and `resized-crop-jitter` for large images.
 * @param side Height and width of the images in pixels.
 * @returns The augmentations, in order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { namedAugmentation } from "@nbn/toolkit/data";
 *
 * assertEquals(namedAugmentation("crop-flip", 64), [{ name: "crop", padding: 8 }, { name: "flip" }]);
 * assertEquals(namedAugmentation("none", 64), []);
 * ```
 */
export function namedAugmentation(name: AugmentationName, side: number): readonly Augmentation[] {
  return NAMED[name](side);
}
