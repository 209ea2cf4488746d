/**
 * Progress events of a detector's training.
 *
 * @module
 */
import type { CheckpointEvent, EndEvent, StartEvent, StepEvent } from "../../loop/progress.ts";
import type { DetectorScores } from "./detector_scores.ts";

/** Emitted after every evaluation of a detector. */
export interface DetectionEvent {
  /** Discriminates the events. */
  readonly kind: "detection";
  /** Number of completed steps. */
  readonly step: number;
  /** Number of steps of the whole training. */
  readonly iterations: number;
  /** Average precision on the test images. */
  readonly scores: DetectorScores;
}

/** Progress event of a detector's training: those of any training, and evaluations of its own. */
export type DetectorEvent = StartEvent | StepEvent | DetectionEvent | CheckpointEvent | EndEvent;
