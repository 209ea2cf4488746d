/**
 * Precision and recall of every class.
 *
 * @module
 */
import type { DetectionDataset } from "./dataset.ts";
import {
  AREA_RANGES,
  countDemanded,
  IOU_THRESHOLDS,
  matchDetections,
  type Pairing,
} from "./matching.ts";
import { objectsOfClasses } from "./objects.ts";
import { pairingOf } from "./pairing.ts";
import { precisionAndRecall } from "./precision.ts";
import { resultShapes } from "./result_shapes.ts";
import type { CocoResult } from "./results.ts";

/** Options of {@linkcode scoresOfClasses}. */
export interface ScoringOptions {
  /** What is compared. */
  readonly of: "boxes" | "masks";
  /** Maximum number of results for an image. */
  readonly most: number;
  /** Where the results come from, for error messages. */
  readonly from: string;
}

/** Scores of a class for one range of areas, at every threshold. */
export interface ClassScores {
  /** Average precision. */
  readonly precision: Float64Array;
  /** Recall. */
  readonly recall: Float64Array;
}

/**
 * Scores every class.
 *
 * @param dataset Annotated images.
 * @param results Checked detections.
 * @param options Boxes or masks, number of results for an image.
 * @returns For each class its scores for all objects, small, medium and large ones; `null` where none must be found.
 */
export function scoresOfClasses(
  dataset: DetectionDataset,
  results: readonly CocoResult[],
  { of, most, from }: ScoringOptions,
): ((ClassScores | null)[] | null)[] {
  const shapes = resultShapes(dataset, results, from);
  const classes = objectsOfClasses(dataset, results, shapes.areaOf, most);
  return classes.map((images, label) => {
    if (images.every(({ annotations }) => annotations.length === 0)) return null;
    const pairings = images.map((objects) => pairingOf(label, objects, dataset, shapes, of));
    const scores = images.flatMap(({ detections }) => detections.map((i) => results[i].score));
    return scoresOfClass(pairings, scores);
  });
}

/** Scores detections, given image by image. */
function scoresOfClass(
  pairings: readonly Pairing[],
  scores: readonly number[],
): (ClassScores | null)[] {
  const count = scores.length;
  // Of equal scores the one given first stays first.
  const order = Int32Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || a - b);
  const outcomes = new Uint8Array(IOU_THRESHOLDS.length * count);
  const envelope = new Float64Array(count);
  return AREA_RANGES.map((_, range) => {
    const demanded = pairings.reduce((sum, pairing) => sum + countDemanded(pairing, range), 0);
    if (demanded === 0) return null;
    let offset = 0;
    for (const pairing of pairings) {
      matchDetections(pairing, range, outcomes, count, offset);
      offset += pairing.detectionAreas.length;
    }
    const precision = new Float64Array(IOU_THRESHOLDS.length), recall = precision.slice();
    for (let threshold = 0; threshold < IOU_THRESHOLDS.length; threshold++) {
      const own = outcomes.subarray(threshold * count, (threshold + 1) * count);
      const found = precisionAndRecall(own, order, demanded, envelope);
      precision[threshold] = found.precision;
      recall[threshold] = found.recall;
    }
    return { precision, recall };
  });
}
