/**
 * Evaluating what a run has written.
 *
 * @module
 */
import { classCounts, type EvaluationSet } from "../data/dataset.ts";
import type { GroupBorders } from "../data/groups.ts";
import { evaluate } from "./evaluate.ts";
import type { Evaluation } from "./evaluation.ts";
import { openRun, type OpenRunOptions } from "./open_run.ts";
import type { Precision } from "./result.ts";

/** Options of {@linkcode evaluateRun}; what is left out comes from the run's `config.json`. */
export interface EvaluateRunOptions extends OpenRunOptions {
  /**
   * Precision of the computation.
   *
   * @default {"float32"}
   */
  readonly precision?: Precision;
  /**
   * Borders of Tail, Medium and Head.
   *
   * @default {the run's}
   */
  readonly groups?: GroupBorders;
}

/** What {@linkcode evaluateRun} returns. */
export interface EvaluatedRun extends Evaluation {
  /** The checkpoint evaluated. */
  readonly checkpoint: string;
  /** Its recipe. */
  readonly recipe: string;
  /** Steps that it was trained for. */
  readonly step: number;
  /** Borders of Tail, Medium and Head. */
  readonly groups: GroupBorders;
  /** Name of each class. */
  readonly classNames: readonly string[];
  /** Test images of each class. */
  readonly testImages: readonly number[];
  /** The set that it was evaluated on. */
  readonly evaluatedOn: EvaluationSet;
  /** What looks like a mistake in the data, one line each. */
  readonly warnings: readonly string[];
}

/**
 * Evaluates a checkpoint on the test set of its recipe's data, or on the validation set.
 *
 * @param path A run folder, whose newest checkpoint is taken, or a checkpoint.
 * @param options Recipe, data and imbalance where the run does not tell them, or others than its own.
 * @returns Accuracies in percent and the rest.
 * @throws {UsageError} If the recipe is neither given nor told by the run.
 * @throws {CheckpointError} If there is no checkpoint, or it does not fit recipe and data.
 * @throws {DataError} If the data cannot be read.
 */
export async function evaluateRun(
  path: string,
  { precision, ...options }: EvaluateRunOptions = {},
): Promise<EvaluatedRun> {
  const run = await openRun(path, options);
  try {
    const { data, counts, checkpoint, recipe, step } = run;
    const { groups = run.borders } = options;
    const evaluation = await evaluate(run, data.test, { counts, borders: groups, precision });
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
