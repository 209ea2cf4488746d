/**
 * Progress events of a training.
 *
 * @module
 */
import type { Best } from "./best.ts";
import type { Evaluation } from "../inference/evaluate.ts";
import type { Precision } from "../engine/precision.ts";

/** Emitted once, before the first step. */
export interface StartEvent {
  /** Discriminates the events. */
  readonly kind: "start";
  /** Name of the recipe. */
  readonly recipe: string;
  /** Name of the data set. */
  readonly dataset: string;
  /** Name of the network. */
  readonly network: string;
  /** Number of learned parameters. */
  readonly parameters: number;
  /** Step from which the training resumes; 0 for a new training. */
  readonly step: number;
  /** Number of steps of the whole training. */
  readonly iterations: number;
  /** Number of images in a step, over all its batches. */
  readonly batch: number;
  /** Name of the backend. */
  readonly backend: string;
  /** Precision of the steps. */
  readonly precision: Precision;
  /** In a cluster, what adds the gradients of its processes, in one line. */
  readonly transport?: string;
  /** Summary of the loaded pretrained weights, in one line. */
  readonly weights?: string;
  /** Reason why the precision differs from the requested one, if it does. */
  readonly precisionReason?: string;
  /** One line for each image that was skipped because it is missing or damaged. */
  readonly skippedImages?: readonly string[];
  /**
   * Data set for selecting the best evaluation, if one is selected, and whether it differs from the set that the result
   * is reported on.
   */
  readonly selectedOn?: { readonly name: string; readonly isOther: boolean };
  /** One line for each image folder that also contains other files. */
  readonly skippedFiles?: readonly string[];
  /** Warnings about likely mistakes in the data, one line each. */
  readonly warnings?: readonly string[];
}

/** Emitted after every step. */
export interface StepEvent {
  /** Discriminates the events. */
  readonly kind: "step";
  /** Number of completed steps, from 1. */
  readonly step: number;
  /** Number of steps of the whole training. */
  readonly iterations: number;
  /** Number of the stage, from 1. */
  readonly stage: number;
  /** Name of the stage. */
  readonly stageName: string;
  /** Mean loss over the step, before the update. */
  readonly loss: number;
  /** Learning rate of the step. */
  readonly learningRate: number;
  /** Milliseconds between the end of the previous step and the end of this one. */
  readonly stepMs: number;
  /** Training images per second at that time per step. */
  readonly imagesPerSecond: number;
}

/** Emitted after every evaluation. */
export interface EvaluationEvent {
  /** Discriminates the events. */
  readonly kind: "evaluation";
  /** Number of completed steps. */
  readonly step: number;
  /** Number of steps of the whole training. */
  readonly iterations: number;
  /** Number of the stage, from 1. */
  readonly stage: number;
  /** Name of the stage. */
  readonly stageName: string;
  /** Metrics on the evaluation set. */
  readonly evaluation: Evaluation;
  /** The best evaluation of the stage so far, including this one, if the training tracks it. */
  readonly best?: Best;
}

/** Emitted when early stopping ends a stage. */
export interface EarlyStopEvent {
  /** Discriminates the events. */
  readonly kind: "early stop";
  /** Number of completed steps. */
  readonly step: number;
  /** Planned number of steps of the whole training. */
  readonly iterations: number;
  /** Number of the stage, from 1. */
  readonly stage: number;
  /** Name of the stage. */
  readonly stageName: string;
}

/** Emitted when a stage after the first begins. */
export interface StageEvent {
  /** Discriminates the events. */
  readonly kind: "stage";
  /** Number of completed steps. */
  readonly step: number;
  /** Number of steps of the whole training. */
  readonly iterations: number;
  /** Number of the stage, from 1. */
  readonly stage: number;
  /** Name of the stage. */
  readonly stageName: string;
}

/** Emitted after a checkpoint was written. */
export interface CheckpointEvent {
  /** Discriminates the events. */
  readonly kind: "checkpoint";
  /** Number of completed steps. */
  readonly step: number;
  /** Path of the file. */
  readonly path: string;
}

/** Emitted once, after the last step or an interruption. */
export interface EndEvent {
  /** Discriminates the events. */
  readonly kind: "end";
  /** Number of completed steps. */
  readonly step: number;
  /** Number of steps of the whole training. */
  readonly iterations: number;
  /** Whether the training was interrupted before its end. */
  readonly interrupted: boolean;
}

/** Progress event passed to {@linkcode TrainOptions.onProgress}. */
export type TrainEvent =
  | StartEvent
  | StageEvent
  | StepEvent
  | EvaluationEvent
  | EarlyStopEvent
  | CheckpointEvent
  | EndEvent;
