/**
 * Callbacks of the training loop.
 *
 * @module
 */
import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { TrainEvent } from "./progress.ts";
import type { StepReport } from "./step_report.ts";

/** Callbacks of the training loop. */
export interface Observer {
  /** Called with every progress event. */
  emit(event: TrainEvent): void;
  /** Called after every step with its report, for the logs; stages count from 1. */
  log(step: number, report: StepReport, learningRate: number, stage: number): Promise<void>;
  /** Saves a checkpoint; returns its path, or `undefined` if checkpoints are not saved. */
  save(checkpoint: Checkpoint): Promise<string | undefined>;
  /** Saves the network of the best evaluation so far, replacing the previous one. */
  keepBest(checkpoint: Checkpoint): Promise<void>;
}
