/**
 * Statistics of each class's logit.
 *
 * @module
 */
import { expectMatrix } from "../core/shape.ts";
import type { Predictions } from "../inference/predict.ts";

/** Statistics of one class's logit. */
export interface LogitStatistics {
  /** Mean over all images. */
  readonly mean: number;
  /** Standard deviation over all images: √(mean of (z − mean)²). */
  readonly deviation: number;
  /** Mean over images of the class itself; `null` if there are none. */
  readonly ownMean: number | null;
  /** Mean over images of other classes; `null` if there are none. */
  readonly otherMean: number | null;
}

/**
 * Computes mean and standard deviation of each class's logit over a data set. Logits Rectification (paper, equation 4)
 * brings them to 0 and 1; without it, logits of frequent classes are larger and vary more.
 *
 * @param predictions Predictions from {@linkcode predict}.
 * @returns Statistics of each class.
 * @throws {RangeError} If there is no image, or there are not as many logits as images and classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logitStatistics } from "@nbn/toolkit/analysis";
 *
 * const [first] = logitStatistics({
 *   logits: Float32Array.of(3, 0, 1, 2),
 *   labels: Int32Array.of(0, 1),
 *   classes: 2,
 * });
 * assertEquals(first, { mean: 2, deviation: 1, ownMean: 3, otherMean: 1 });
 * ```
 */
export function logitStatistics(
  { logits, labels, classes }: Pick<Predictions, "logits" | "labels" | "classes">,
): LogitStatistics[] {
  const images = labels.length;
  if (images === 0) throw new RangeError("Expected at least one image but found none");
  expectMatrix(logits, images, classes, "logits");
  return Array.from({ length: classes }, (_, label) => {
    let sum = 0, own = 0, ownImages = 0;
    for (let image = 0; image < images; image++) {
      const logit = logits[image * classes + label];
      sum += logit;
      if (labels[image] !== label) continue;
      own += logit;
      ownImages++;
    }
    const mean = sum / images;
    let squares = 0;
    for (let image = 0; image < images; image++) {
      squares += (logits[image * classes + label] - mean) ** 2;
    }
    const others = images - ownImages;
    return {
      mean,
      deviation: Math.sqrt(squares / images),
      ownMean: ownImages === 0 ? null : own / ownImages,
      otherMean: others === 0 ? null : (sum - own) / others,
    };
  });
}
