/**
 * Test images of rare classes worth looking at.
 *
 * @module
 */
import type { Predictions } from "../../train/predict.ts";
import type { RareAndFrequent } from "../rare_and_frequent.ts";

/** Rare classes that examples are taken of. */
const CLASSES = 3;

/**
 * Chooses images by a rule rather than by their looks: of each of the rarest classes the first test image that is
 * recognised, and the first that is taken for a frequent class, or else for any other.
 *
 * @param predictions Labels and what the images are taken for.
 * @param classes From {@linkcode rareAndFrequent}.
 * @param counts Training images of each class.
 * @returns Places in the test set.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rareAndFrequent } from "../rare_and_frequent.ts";
 *
 * const counts = [500, 5];
 * const labels = Int32Array.of(0, 1, 1, 1), predicted = Int32Array.of(0, 0, 1, 0);
 * assertEquals(rareExamples({ labels, predicted }, rareAndFrequent(counts), counts), [2, 1]);
 * assertEquals(rareExamples({ labels, predicted: labels }, rareAndFrequent(counts), counts), [1]);
 * ```
 */
export function rareExamples(
  { labels, predicted }: Pick<Predictions, "labels" | "predicted">,
  { rare, frequent }: RareAndFrequent,
  counts: readonly number[],
): number[] {
  const rarest = rare.toSorted((a, b) => counts[a] - counts[b]).slice(0, CLASSES);
  return rarest.flatMap((label) => {
    const first = (fits: (prediction: number) => boolean) =>
      labels.findIndex((own, image) => own === label && fits(predicted[image]));
    const recognised = first((prediction) => prediction === label);
    const mistaken = first((prediction) => frequent.includes(prediction));
    const other = first((prediction) => prediction !== label);
    return [recognised, mistaken < 0 ? other : mistaken].filter((image) => image >= 0);
  });
}
