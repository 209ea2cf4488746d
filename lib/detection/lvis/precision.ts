/**
 * Average precision and recall of one class.
 *
 * @module
 */
import { FALSE_POSITIVE, TRUE_POSITIVE } from "./matching.ts";

/** Recalls at which the precision is read: 0 to 1 in steps of 0.01, rounded as NumPy's `linspace` does. */
const RECALLS = Float64Array.from({ length: 101 }, (_, step) => step === 100 ? 1 : step * 0.01);

/** Average precision and recall at one threshold. */
export interface PrecisionAndRecall {
  /** Mean over 101 recalls of the highest precision at this recall or above, 0 beyond the highest recall. */
  readonly precision: number;
  /** Fraction of the annotations that is found. */
  readonly recall: number;
}

/**
 * Computes the average precision and the recall of detections.
 *
 * @param outcomes Outcome of each detection; see `matchDetections`.
 * @param order Places of the detections in `outcomes`, the best scored first.
 * @param demanded Number of annotations that must be found, above 0.
 * @param envelope Scratch of at least as many numbers as there are detections.
 * @returns Average precision and recall.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * // Of two annotations, one is found, by the first of two detections: precision 1 up to recall 0.5.
 * const found = precisionAndRecall([1, 0], [0, 1], 2, new Float64Array(2));
 * assertAlmostEquals(found.precision, 51 / 101);
 * assertEquals(found.recall, 0.5);
 * ```
 */
export function precisionAndRecall(
  outcomes: ArrayLike<number>,
  order: ArrayLike<number>,
  demanded: number,
  envelope: Float64Array,
): PrecisionAndRecall {
  const count = order.length;
  let right = 0, wrong = 0;
  for (let place = 0; place < count; place++) {
    const outcome = outcomes[order[place]];
    if (outcome === TRUE_POSITIVE) right++;
    else if (outcome === FALSE_POSITIVE) wrong++;
    envelope[place] = right / (wrong + right + Number.EPSILON);
  }
  for (let place = count - 1; place > 0; place--) {
    if (envelope[place] > envelope[place - 1]) envelope[place - 1] = envelope[place];
  }
  let sum = 0, recall = 0, found = 0;
  for (let place = 0; place < count && recall < RECALLS.length; place++) {
    if (outcomes[order[place]] === TRUE_POSITIVE) found++;
    // Precision stays that of the first detection that reaches a recall.
    for (; recall < RECALLS.length && found / demanded >= RECALLS[recall]; recall++) {
      sum += envelope[place];
    }
  }
  return { precision: sum / RECALLS.length, recall: right / demanded };
}
