/**
 * What a training returns: one row of the table that `--json` prints.
 *
 * @module
 */

import type { EvaluationSet } from "../data/dataset.ts";
import type { GroupBorders } from "../data/groups.ts";
import type { Best } from "./best.ts";

/** How numbers are stored while a step is computed. */
export type Precision = "float32" | "bf16";

/** One trained recipe. */
export interface TrainResult {
  /** Name of the recipe, for instance `cifar10-lt/ce+nbn+lr`. */
  readonly recipe: string;
  /** Seed of everything random in it. */
  readonly seed: number;
  /** Steps done; fewer than asked for only when it was interrupted or stopped early. */
  readonly iterations: number;
  /** Precision of the steps. */
  readonly precision: Precision;
  /** Backend that computed: `tensorflow`, `wasm` or `cpu`. */
  readonly backend: string;
  /** Mean training loss of the last steps (up to 100). */
  readonly loss: number;
  /** Share of the test images that are recognised, in percent; `null` if it was interrupted before the first evaluation. */
  readonly all: number | null;
  /** Mean accuracy of the classes that have test images, in percent; the same as `all` where the test set is balanced. */
  readonly mean: number | null;
  /** Mean accuracy of the classes of Head in percent; `null` without such classes. */
  readonly head: number | null;
  /** The same of Medium. */
  readonly medium: number | null;
  /** The same of Tail. */
  readonly tail: number | null;
  /** Fewest and most training images of a class of Medium; Tail has fewer, Head more. */
  readonly groups: GroupBorders;
  /** Accuracy of each class in percent; `null` where the test set has no image of it. */
  readonly perClass: readonly (number | null)[];
  /** Test images of each class. */
  readonly testImages: readonly number[];
  /** The set that it was evaluated on. */
  readonly evaluatedOn: EvaluationSet;
  /** Median time of a step in milliseconds, without the first ones and without evaluations. */
  readonly stepMs: number;
  /** Training images per second at that time. */
  readonly imagesPerSecond: number;
  /** Run folder; `null` if nothing was written. */
  readonly out: string | null;
}

/** Accuracies at the end of a stage. */
export interface StageResult {
  /** Name of the stage. */
  readonly name: string;
  /** Share of the test images that are recognised, in percent. */
  readonly all: number;
  /** Mean accuracy of the classes that have test images, in percent. */
  readonly mean: number;
  /** The same of Head; `null` without such classes. */
  readonly head: number | null;
  /** The same of Medium. */
  readonly medium: number | null;
  /** The same of Tail. */
  readonly tail: number | null;
}

/** What `summary.json` holds. */
export interface Summary extends TrainResult {
  /** Mean F1 score of the classes in percent. */
  readonly macroF1: number | null;
  /** Expected calibration error over 15 bins, from 0 to 1. */
  readonly calibrationError: number | null;
  /** Images of each true class (rows) by predicted class (columns). */
  readonly confusion: readonly (readonly number[])[];
  /** How good the network was at the end of each stage. */
  readonly stages: readonly StageResult[];
  /** The best evaluation of the last stage, where the training looked for it. */
  readonly best?: Best;
  /** Training images of each class. */
  readonly counts: readonly number[];
  /** Name of each class. */
  readonly classNames: readonly string[];
}

/**
 * The columns of `--json`, in their order.
 *
 * @param summary What `summary.json` holds.
 * @returns The row alone.
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
