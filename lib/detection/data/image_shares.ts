/**
 * How many images show each class.
 *
 * @module
 */
import type { LearnableImages } from "./learnable.ts";

/**
 * Computes the share of the annotated images that show each class.
 *
 * @param learnt What is learnt from.
 * @param classes Number of classes.
 * @returns Shares from 0 to 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const object = (label: number) => ({ label }) as never;
 * const annotations = [[object(0), object(0)], [object(0), object(1)], []];
 * assertEquals(imageShares({ images: [0, 1], annotations, leftOut: [] }, 3), [1, 0.5, 0]);
 * ```
 */
export function imageShares(
  { images, annotations }: LearnableImages,
  classes: number,
): number[] {
  const counts = Array<number>(classes).fill(0);
  for (const image of images) {
    for (const label of new Set(annotations[image].map(({ label }) => label))) counts[label]++;
  }
  return counts.map((count) => count / images.length);
}
