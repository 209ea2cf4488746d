/**
 * Calibration of a network's confidence.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";

/**
 * Expected calibration error (Guo et al., On Calibration of Modern Neural Networks, equation 3): images are grouped by
 * confidence into bins of equal width; the error is the mean over images of |accuracy − mean confidence| of their bin.
 *
 * @param confidences Probability of the predicted class, `[images]`, in [0, 1].
 * @param correct Whether each prediction is correct, `[images]`.
 * @param bins Number of bins; bin b holds confidences in (b / bins, (b + 1) / bins], and the first one also 0.
 * @returns The error, in [0, 1].
 * @throws {RangeError} If there is no image, the lengths differ, or a confidence is outside [0, 1].
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { calibrationError } from "@nbn/toolkit/metrics";
 *
 * assertAlmostEquals(calibrationError([0.9, 0.9], [true, false]), 0.4);
 * ```
 */
export function calibrationError(
  confidences: ArrayLike<number>,
  correct: ArrayLike<boolean>,
  bins = 15,
): number {
  expectRange("an integer of at least 1", { bins });
  if (confidences.length === 0) throw new RangeError("Expected at least one image but found none");
  if (confidences.length !== correct.length) {
    throw new RangeError(
      `Expected as many confidences as predictions but found ${confidences.length} and ${correct.length}`,
    );
  }
  const surplus = new Float64Array(bins);
  for (let i = 0; i < confidences.length; i++) {
    const confidence = confidences[i];
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new RangeError(
        `Expected confidences from 0 to 1 but found ${confidence} at position ${i}`,
      );
    }
    const bin = Math.max(0, Math.ceil(confidence * bins) - 1);
    surplus[bin] += (correct[i] ? 1 : 0) - confidence;
  }
  return surplus.reduce((sum, difference) => sum + Math.abs(difference), 0) / confidences.length;
}
