/**
 * Misclassified images with the highest confidence.
 *
 * @module
 */
import type { Predictions } from "../inference/predict.ts";

/**
 * Finds misclassified images, in descending order of confidence. They are the most informative about a data set: a
 * wrong label, overlapping classes, or a spurious feature that the network relies on.
 *
 * @param predictions Predictions from {@linkcode predict}.
 * @param max Maximum number of images.
 * @returns Indices in the data set.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mostConfidentErrors } from "@nbn/toolkit/analysis";
 *
 * assertEquals(mostConfidentErrors({
 *   probabilities: Float32Array.of(0.6, 0.4, 0.9, 0.1, 0.2, 0.8),
 *   predicted: Int32Array.of(0, 0, 1),
 *   labels: Int32Array.of(1, 1, 1),
 *   classes: 2,
 * }), [1, 0]);
 * ```
 */
export function mostConfidentErrors(
  { probabilities, predicted, labels, classes }: Pick<
    Predictions,
    "probabilities" | "predicted" | "labels" | "classes"
  >,
  max = Infinity,
): number[] {
  const sureness = (image: number) => probabilities[image * classes + predicted[image]];
  return Array.from(labels.keys())
    .filter((image) => predicted[image] !== labels[image])
    .sort((a, b) => sureness(b) - sureness(a))
    .slice(0, max);
}
