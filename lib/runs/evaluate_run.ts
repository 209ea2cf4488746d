/**
 * Evaluating a checkpoint of a run.
 *
 * @module
 */
import { classCounts, type EvaluationSet } from "../data/dataset.ts";
import type { GroupThresholds } from "../data/groups.ts";
import { evaluate } from "../inference/evaluate.ts";
import type { Evaluation } from "../inference/evaluate.ts";
import { openRun, type OpenRunOptions } from "./open_run.ts";
import type { Precision } from "../engine/precision.ts";

/** Options of {@linkcode evaluateRun}; defaults come from the run's `config.json`. */
export interface EvaluateRunOptions extends OpenRunOptions {
  /**
   * Precision of the evaluation.
   *
   * @default {"float32"}
   */
  readonly precision?: Precision;
  /**
   * Bounds of Tail, Medium and Head in training images of a class.
   *
   * @default {the run's}
   */
  readonly groups?: GroupThresholds;
}

/** Metrics of a checkpoint, with what they were computed from. */
export interface EvaluatedRun extends Evaluation {
  /** Path of the evaluated checkpoint. */
  readonly checkpoint: string;
  /** Name of its recipe, or `custom`. */
  readonly recipe: string;
  /** Number of steps that it was trained for. */
  readonly step: number;
  /** Bounds of Tail, Medium and Head in training images of a class. */
  readonly groups: GroupThresholds;
  /** Name of each class. */
  readonly classNames: readonly string[];
  /** Test images of each class. */
  readonly testImages: readonly number[];
  /** The evaluated set. */
  readonly evaluatedOn: EvaluationSet;
  /** Warnings about likely mistakes in the data, one line each. */
  readonly warnings: readonly string[];
}

/**
 * Evaluates a checkpoint on the test set of its recipe's data, or on the validation set.
 *
 * @param path A run folder, whose newest checkpoint is used, or a checkpoint.
 * @param options Recipe, data and imbalance, to override the run's or where it does not record them.
 * @returns Accuracies in percent and the other metrics.
 * @throws {UsageError} If the recipe is neither given nor recorded by the run.
 * @throws {CheckpointError} If there is no checkpoint, or it does not match the recipe and the data.
 * @throws {DataError} If the data cannot be read.
 */
export async function evaluateRun(
  path: string,
  { precision, ...options }: EvaluateRunOptions = {},
): Promise<EvaluatedRun> {
  const run = await openRun(path, options);
  try {
    const { data, counts, checkpoint, recipe, step } = run;
    const { groups = run.groupThresholds } = options;
    const evaluation = await evaluate(run, data.test, {
      counts,
      groupThresholds: groups,
      precision,
    });
    return {
      ...evaluation,
      groups,
      checkpoint,
      recipe,
      step,
      classNames: data.train.classNames,
      testImages: classCounts(data.test),
      evaluatedOn: data.evaluatedOn ?? "test",
      warnings: data.warnings ?? [],
    };
  } finally {
    run.dispose();
  }
}
