/**
 * Result of a training: one row of the table that `--json` prints.
 *
 * @module
 */

import type { EvaluationSet } from "../data/dataset.ts";
import type { GroupThresholds } from "../data/groups.ts";
import type { Precision } from "../engine/precision.ts";
import type { Best } from "../loop/best.ts";
import type { StageResult } from "../loop/stages/result.ts";

/** Result of a training. */
export interface TrainResult {
  /** Name of the recipe, for instance `cifar10-lt/ce+nbn+lr`. */
  readonly recipe: string;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** Number of completed steps; fewer than planned only if the training was interrupted or stopped early. */
  readonly iterations: number;
  /** Precision of the steps. */
  readonly precision: Precision;
  /** Name of the backend: `tensorflow`, `wasm` or `cpu`. */
  readonly backend: string;
  /** Mean training loss of the last steps (up to 100). */
  readonly loss: number;
  /** Accuracy over all test images in percent; `null` if the training was interrupted before the first evaluation. */
  readonly all: number | null;
  /** Mean accuracy over the classes that have test images, in percent; equals `all` if the test set is balanced. */
  readonly mean: number | null;
  /** Mean accuracy over the Head classes in percent; `null` without such classes. */
  readonly head: number | null;
  /** Mean accuracy over the Medium classes in percent; `null` without such classes. */
  readonly medium: number | null;
  /** Mean accuracy over the Tail classes in percent; `null` without such classes. */
  readonly tail: number | null;
  /** Smallest and largest number of training images of a Medium class; Tail has fewer, Head more. */
  readonly groups: GroupThresholds;
  /** Accuracy of each class in percent; `null` for a class without test images. */
  readonly perClass: readonly (number | null)[];
  /** Test images of each class. */
  readonly testImages: readonly number[];
  /** The evaluated set. */
  readonly evaluatedOn: EvaluationSet;
  /** Median time of a step in milliseconds, excluding the first steps and evaluations. */
  readonly stepMs: number;
  /** Training images per second at that time per step. */
  readonly imagesPerSecond: number;
  /** Run folder; `null` if nothing was written. */
  readonly out: string | null;
}

/** Content of `summary.json`. */
export interface Summary extends TrainResult {
  /** Mean F1 score over the classes in percent. */
  readonly macroF1: number | null;
  /** Expected calibration error with 15 bins, in [0, 1]. */
  readonly calibrationError: number | null;
  /** Images of each true class (rows) by predicted class (columns). */
  readonly confusion: readonly (readonly number[])[];
  /** Accuracies at the end of each stage. */
  readonly stages: readonly StageResult[];
  /** The best evaluation of the last stage, if the training tracked it. */
  readonly best?: Best;
  /** Training images of each class. */
  readonly counts: readonly number[];
  /** Name of each class. */
  readonly classNames: readonly string[];
}

/**
 * Extracts the columns of `--json`, in order.
 *
 * @param summary Content of `summary.json`.
 * @returns The row.
 */
export function resultOf(
  {
    macroF1: _f1,
    calibrationError: _error,
    confusion: _matrix,
    stages: _stages,
    best: _best,
    counts: _counts,
    classNames: _names,
    ...row
  }: Summary,
): TrainResult {
  return row;
}
