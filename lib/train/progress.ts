/**
 * What a training tells about itself while it runs.
 *
 * @module
 */
import type { Best } from "./best.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Precision } from "./result.ts";

/** Told once, before the first step. */
export interface StartEvent {
  /** Tells the events apart. */
  readonly kind: "start";
  /** Name of the recipe. */
  readonly recipe: string;
  /** Name of the data set. */
  readonly dataset: string;
  /** Name of the network. */
  readonly network: string;
  /** Number of learned values. */
  readonly parameters: number;
  /** Step that the training goes on from; 0 unless it was resumed. */
  readonly step: number;
  /** Steps of the whole training. */
  readonly iterations: number;
  /** Images in a step, of all its batches. */
  readonly batch: number;
  /** Backend that computes. */
  readonly backend: string;
  /** Precision of the steps. */
  readonly precision: Precision;
  /** What of the weights that it starts from was loaded, in one line. */
  readonly weights?: string;
  /** Why the precision is not the one asked for, where it is not. */
  readonly precisionReason?: string;
  /** One line for each image that was left out because it is missing or damaged. */
  readonly leftOut?: readonly string[];
  /**
   * By which images the best evaluation is chosen, where one is, and whether they are others than those that the
   * result is told of.
   */
  readonly choosesOn?: { readonly name: string; readonly isOther: boolean };
  /** One line for each folder of images that holds something else, too. */
  readonly notRead?: readonly string[];
  /** What looks like a mistake in the data, one line each. */
  readonly warnings?: readonly string[];
}

/** Told after every step. */
export interface StepEvent {
  /** Tells the events apart. */
  readonly kind: "step";
  /** Steps done, from 1. */
  readonly step: number;
  /** Steps of the whole training. */
  readonly iterations: number;
  /** Number of the stage, from 1. */
  readonly stage: number;
  /** Its name. */
  readonly stageName: string;
  /** Mean loss of the step's batch, before its update. */
  readonly loss: number;
  /** Learning rate of the step. */
  readonly learningRate: number;
  /** Milliseconds from the end of the step before to the end of this one. */
  readonly stepMs: number;
  /** Images of a batch per second of that time. */
  readonly imagesPerSecond: number;
}

/** Told after every evaluation. */
export interface EvaluationEvent {
  /** Tells the events apart. */
  readonly kind: "evaluation";
  /** Steps done. */
  readonly step: number;
  /** Steps of the whole training. */
  readonly iterations: number;
  /** Number of the stage, from 1. */
  readonly stage: number;
  /** Its name. */
  readonly stageName: string;
  /** Accuracies on the test set. */
  readonly evaluation: Evaluation;
  /** The best one of the stage so far, this one included, where the training looks for it. */
  readonly best?: Best;
}

/** Told when a stage ends before its last step, because it has long had no better evaluation. */
export interface EarlyStopEvent {
  /** Tells the events apart. */
  readonly kind: "early stop";
  /** Steps done. */
  readonly step: number;
  /** Steps that the whole training would have had. */
  readonly iterations: number;
  /** Number of the stage, from 1. */
  readonly stage: number;
  /** Its name. */
  readonly stageName: string;
}

/** Told when a later stage begins. */
export interface StageEvent {
  /** Tells the events apart. */
  readonly kind: "stage";
  /** Steps done. */
  readonly step: number;
  /** Steps of the whole training. */
  readonly iterations: number;
  /** Number of the stage, from 1. */
  readonly stage: number;
  /** Its name. */
  readonly stageName: string;
}

/** Told after a checkpoint was written. */
export interface CheckpointEvent {
  /** Tells the events apart. */
  readonly kind: "checkpoint";
  /** Steps done. */
  readonly step: number;
  /** Path of the file. */
  readonly path: string;
}

/** Told once, after the last step or after an interruption. */
export interface EndEvent {
  /** Tells the events apart. */
  readonly kind: "end";
  /** Steps done. */
  readonly step: number;
  /** Steps of the whole training. */
  readonly iterations: number;
  /** Whether the training was stopped before its last step. */
  readonly interrupted: boolean;
}

/** What {@linkcode TrainOptions.onProgress} is called with. */
export type TrainEvent =
  | StartEvent
  | StageEvent
  | StepEvent
  | EvaluationEvent
  | EarlyStopEvent
  | CheckpointEvent
  | EndEvent;
