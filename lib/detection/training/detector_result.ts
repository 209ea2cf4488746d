/**
 * Result of a detector's training.
 *
 * @module
 */
import type { Precision } from "../../engine/precision.ts";
import type { Frequency } from "../lvis/dataset.ts";
import type { DetectorScores } from "./detector_scores.ts";

/** Result of a detector's training: content of its `summary.json`. */
export interface DetectorResult {
  /** Name of the recipe. */
  readonly recipe: string;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** Number of completed steps; fewer than planned only if the training was interrupted. */
  readonly iterations: number;
  /** Precision of the steps. */
  readonly precision: Precision;
  /** Name of the backend. */
  readonly backend: string;
  /** Mean training loss of the last steps (up to 100). */
  readonly loss: number;
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
  /** Run folder; `null` if nothing was written. */
  readonly out: string | null;
}
