/**
 * How much the experts of a network differ.
 *
 * @module
 */
import type { Predictions } from "../train/predict.ts";

/** How much experts differ, class by class; `null` for a class without images. */
export interface ExpertDiversity {
  /** Share of the pairs of experts that recognise different classes in an image of the class, in percent. */
  readonly disagreement: readonly (number | null)[];
  /**
   * Variance of their probabilities, from 0 to 1: Σ over classes of Σ_k (p_k − p̄)² / (K − 1) for K experts, a mean over
   * the images of the class.
   */
  readonly variance: readonly (number | null)[];
}

/**
 * Compares what experts say about the same images. Neither number grows with the number of experts alone, so that
 * networks of two and of four can be compared.
 *
 * @param experts From {@linkcode expertPredictions}, of at least two.
 * @returns How much they differ on the images of each class.
 * @throws {RangeError} If there are fewer than two, or they are about other images or classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
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
      `Expected all experts to tell ${classes} classes of ${labels.length} images but found ` +
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
    for (let place = image * classes; place < (image + 1) * classes; place++) {
      const mean = experts.reduce((sum, { probabilities }) => sum + probabilities[place], 0) /
        count;
      for (const { probabilities } of experts) squares[label] += (probabilities[place] - mean) ** 2;
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
