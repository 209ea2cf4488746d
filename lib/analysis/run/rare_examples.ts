/**
 * Choice of rare test images for the attention examples.
 *
 * @module
 */
import type { Predictions } from "../../inference/predict.ts";
import type { RareAndFrequent } from "../rare_and_frequent.ts";

/** Number of rare classes to take examples from. */
const CLASSES = 3;

/**
 * Chooses images by a fixed rule, which precludes cherry-picking: for each of the rarest classes, the first test image
 * classified correctly, and the first one predicted as a frequent class, or else as any other class.
 *
 * @param predictions Labels and predicted classes.
 * @param classes Classes from {@linkcode rareAndFrequent}.
 * @param counts Number of training images per class.
 * @returns Indices in the test set.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rareAndFrequent } from "@nbn/toolkit/analysis";
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
