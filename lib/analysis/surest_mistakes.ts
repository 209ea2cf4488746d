/**
 * The mistakes that a network is surest of.
 *
 * @module
 */
import type { Predictions } from "../train/predict.ts";

/**
 * Finds the images that are not recognised, those with the highest probability of the wrong class first. They tell most
 * about a data set: a wrong label, a class that overlaps another, something that the network goes by and should not.
 *
 * @param predictions From {@linkcode predict}.
 * @param most Number of images at most.
 * @returns Places in the data set.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(surestMistakes({
 *   probabilities: Float32Array.of(0.6, 0.4, 0.9, 0.1, 0.2, 0.8),
 *   predicted: Int32Array.of(0, 0, 1),
 *   labels: Int32Array.of(1, 1, 1),
 *   classes: 2,
 * }), [1, 0]);
 * ```
 */
export function surestMistakes(
  { probabilities, predicted, labels, classes }: Pick<
    Predictions,
    "probabilities" | "predicted" | "labels" | "classes"
  >,
  most = Infinity,
): number[] {
  const sureness = (image: number) => probabilities[image * classes + predicted[image]];
  return Array.from(labels.keys())
    .filter((image) => predicted[image] !== labels[image])
    .sort((a, b) => sureness(b) - sureness(a))
    .slice(0, most);
}
