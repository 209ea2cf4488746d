/**
 * Bins of a reliability diagram.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { Predictions } from "../inference/predict.ts";

/** Images whose confidence falls into the same interval. */
export interface CalibrationBin {
  /** Lower bound of the confidence, exclusive (inclusive for the first bin). */
  readonly from: number;
  /** Upper bound of the confidence, inclusive. */
  readonly to: number;
  /** Number of images in the bin. */
  readonly images: number;
  /** Mean confidence, in [0, 1]; `null` for an empty bin. */
  readonly confidence: number | null;
  /** Fraction classified correctly, in [0, 1]; `null` for an empty bin. */
  readonly accuracy: number | null;
}

/** Options of {@linkcode calibrationBins}. */
export interface CalibrationBinsOptions {
  /**
   * Number of bins of equal width.
   *
   * @default {15}
   */
  readonly bins?: number;
}

/**
 * Bins images by the probability of the predicted class, for a reliability diagram (Guo et al. 2017, On Calibration of
 * Modern Neural Networks, figure 1). The bins are those of the expected calibration error.
 *
 * @param predictions Predictions from {@linkcode predict}.
 * @param options Number of bins.
 * @returns The bins in ascending order of confidence.
 * @throws {RangeError} If `bins` is not a positive integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { calibrationBins } from "@nbn/toolkit/analysis";
 *
 * const bins = calibrationBins({
 *   probabilities: Float32Array.of(0.75, 0.25, 0.25, 0.75),
 *   predicted: Int32Array.of(0, 1),
 *   labels: Int32Array.of(0, 0),
 *   classes: 2,
 * }, { bins: 2 });
 * assertEquals(bins[0], { from: 0, to: 0.5, images: 0, confidence: null, accuracy: null });
 * assertEquals(bins[1], { from: 0.5, to: 1, images: 2, confidence: 0.75, accuracy: 0.5 });
 * ```
 */
export function calibrationBins(
  { probabilities, predicted, labels, classes }: Omit<Predictions, "logits">,
  { bins = 15 }: CalibrationBinsOptions = {},
): CalibrationBin[] {
  expectRange("an integer of at least 1", { bins });
  const images = new Array<number>(bins).fill(0);
  const confidences = new Array<number>(bins).fill(0), right = new Array<number>(bins).fill(0);
  for (let image = 0; image < labels.length; image++) {
    const confidence = Math.min(1, probabilities[image * classes + predicted[image]]);
    const bin = Math.max(0, Math.ceil(confidence * bins) - 1);
    images[bin]++;
    confidences[bin] += confidence;
    if (predicted[image] === labels[image]) right[bin]++;
  }
  return images.map((count, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    images: count,
    confidence: count === 0 ? null : confidences[bin] / count,
    accuracy: count === 0 ? null : right[bin] / count,
  }));
}
