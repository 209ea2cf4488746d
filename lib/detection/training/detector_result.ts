/**
 * Result of a detector's training.
 *
 * @module
 */
import type { TrainResult } from "../../runs/result.ts";
import type { Frequency } from "../lvis/dataset.ts";
import { isDetectionRecipe } from "../recipes/detection_recipe.ts";
import type { DetectorScores } from "./detector_scores.ts";

/** Result of a detector's training: content of its `summary.json`. */
export interface DetectorResult
  extends Pick<TrainResult, "recipe" | "seed" | "precision" | "backend" | "loss" | "out"> {
  /** Number of completed steps; fewer than planned only if the training was interrupted. */
  readonly iterations: number;
  /** Average precision on the test images, from 0 to 1; `null` if the training was interrupted. */
  readonly scores: DetectorScores | null;
  /** Name of each class. */
  readonly classNames: readonly string[];
  /** Group of each class; `null` if the annotations do not state it. */
  readonly frequencies: readonly (Frequency | null)[];
  /** Median time of a step in milliseconds, with the preparation of its batch. */
  readonly stepMs: number;
  /** Training images per second at that time. */
  readonly imagesPerSecond: number;
}

/**
 * Selects the results of detectors among those of trainings.
 *
 * @param summary Content of a `summary.json`.
 * @returns The result; `undefined` if it is that of a classifier.
 */
export function detectorResultOf(summary: unknown): DetectorResult | undefined {
  const result = summary as DetectorResult;
  return isDetectionRecipe(result.recipe) ? result : undefined;
}
