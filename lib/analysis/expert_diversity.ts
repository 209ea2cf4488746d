/**
 * Diversity of a network's experts.
 *
 * @module
 */
import type { Predictions } from "../inference/predict.ts";

/** Diversity of experts per class; `null` for a class without images. */
export interface ExpertDiversity {
  /** Percentage of expert pairs that predict different classes, averaged over the images of the class. */
  readonly disagreement: readonly (number | null)[];
  /**
   * Variance of the probabilities, in [0, 1]: Σ over classes of Σ_k (p_k − p̄)² / (K − 1) for K experts, averaged over
   * the images of the class.
   */
  readonly variance: readonly (number | null)[];
}

/**
 * Compares the predictions of experts on the same images. Neither measure grows with the number of experts as such, so
 * that networks with different numbers of experts are comparable.
 *
 * @param experts Predictions of at least two experts, from {@linkcode expertPredictions}.
 * @returns The diversity on the images of each class.
 * @throws {RangeError} If there are fewer than two experts, or their numbers of images or classes differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { expertDiversity } from "@nbn/toolkit/analysis";
 *
 * const images = { labels: Int32Array.of(0, 1), classes: 2 };
 * const sure = Float32Array.of(1, 0, 0, 1), wrong = Float32Array.of(1, 0, 1, 0);
 * const { disagreement, variance } = expertDiversity([
 *   { ...images, probabilities: sure, predicted: Int32Array.of(0, 1) },
 *   { ...images, probabilities: wrong, predicted: Int32Array.of(0, 0) },
 * ]);
 * assertEquals([disagreement, variance], [[0, 100], [0, 1]]);
 * ```
 */
export function expertDiversity(
  experts: readonly Pick<Predictions, "probabilities" | "predicted" | "labels" | "classes">[],
): ExpertDiversity {
  const count = experts.length;
  if (count < 2) {
    throw new RangeError(`Expected the predictions of at least 2 experts but found ${count}`);
  }
  const [{ labels, classes }] = experts;
  for (const { probabilities, predicted } of experts) {
    if (predicted.length === labels.length && probabilities.length === labels.length * classes) {
      continue;
    }
    throw new RangeError(
      `Expected all experts to predict ${classes} classes of ${labels.length} images but found ` +
        `${probabilities.length} probabilities of ${predicted.length} images`,
    );
  }
  const images = new Float64Array(classes), differing = new Float64Array(classes);
  const squares = new Float64Array(classes);
  labels.forEach((label, image) => {
    images[label]++;
    experts.forEach(({ predicted }, first) => {
      for (let second = 0; second < first; second++) {
        if (predicted[image] !== experts[second].predicted[image]) differing[label]++;
      }
    });
    for (let index = image * classes; index < (image + 1) * classes; index++) {
      const mean = experts.reduce((sum, { probabilities }) => sum + probabilities[index], 0) /
        count;
      for (const { probabilities } of experts) squares[label] += (probabilities[index] - mean) ** 2;
    }
  });
  const pairs = count * (count - 1) / 2;
  const perImage = (sums: Float64Array, factor: number) =>
    Array.from(sums, (sum, label) => images[label] === 0 ? null : factor * sum / images[label]);
  return {
    disagreement: perImage(differing, 100 / pairs),
    variance: perImage(squares, 1 / (count - 1)),
  };
}
