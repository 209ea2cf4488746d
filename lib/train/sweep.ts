/**
 * Training several recipes over several seeds.
 *
 * @module
 */
import { type MeanAndDeviation, meanAndDeviation } from "../metrics/mean_and_deviation.ts";
import { resultOf, type Summary, type TrainResult } from "../runs/result.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import { type SweepFrame, type SweepKind, type SweepOf, sweepOf } from "./sweep_kind.ts";
import { train } from "./train.ts";

/** Options of {@linkcode sweep}: recipes, seeds, and the common options of the trainings. */
export interface SweepOptions extends SweepFrame, Omit<TrainOptions, "recipe" | "seed" | "out"> {}

/** Statistics of a recipe over all seeds. */
export interface SweepRow {
  /** Name of the recipe. */
  readonly recipe: string;
  /** Number of seeds. */
  readonly seeds: number;
  /** Accuracy over all test images in percent; `null` if missing in a result. */
  readonly all: MeanAndDeviation | null;
  /** Mean accuracy over the classes that have test images, in percent. */
  readonly mean: MeanAndDeviation | null;
  /** Mean accuracy over the Head classes in percent; `null` without such classes. */
  readonly head: MeanAndDeviation | null;
  /** Mean accuracy over the Medium classes in percent; `null` without such classes. */
  readonly medium: MeanAndDeviation | null;
  /** Mean accuracy over the Tail classes in percent; `null` without such classes. */
  readonly tail: MeanAndDeviation | null;
}

/** Results of a sweep. */
export type Sweep = SweepOf<SweepRow, TrainResult>;

/** Sweeps of classifiers. */
export const CLASSIFIER_SWEEP: SweepKind<
  Omit<TrainOptions, "recipe" | "seed" | "out">,
  SweepRow,
  TrainResult
> = {
  train,
  // Runs of detectors have no accuracies.
  resultOf: (summary) => (summary as Summary).perClass ? resultOf(summary as Summary) : undefined,
  rowOf(recipe, own) {
    const over = (group: "all" | "mean" | "head" | "medium" | "tail") =>
      meanAndDeviation(own.map((result) => result[group]));
    return {
      recipe,
      seeds: own.length,
      all: over("all"),
      mean: over("mean"),
      head: over("head"),
      medium: over("medium"),
      tail: over("tail"),
    };
  },
  columns: [
    ...["recipe", "seed", "iterations", "precision", "backend", "loss"],
    ...["all", "mean", "head", "medium", "tail", "stepMs"],
  ],
  recordOf: (result) => ({ ...result }),
};

/**
 * Trains every recipe with every seed, sequentially or distributed over processes, and after each training updates
 * `sweep.csv`, which has one line per training.
 *
 * @param options Recipes, seeds, folder, and common options of the trainings.
 * @returns Mean and standard deviation of each recipe; over fewer seeds than requested if the sweep was stopped.
 * @throws {UsageError} If a recipe is unknown, or a run folder contains another run.
 * @throws {BusyError} If another process sweeps into the folder, or trains in one of the run folders.
 * @throws {TypeError} If there is no recipe or no seed.
 * @throws {RangeError} If `count` is below 1 or `id` is not in [0, `count`).
 * @throws {DataError} If the data cannot be read.
 * @throws {CheckpointError} If the folder cannot be written to.
 * @throws {DivergedError} If a loss becomes NaN or infinite.
 */
export async function sweep(
  { recipes, seeds, out, task, ...options }: SweepOptions,
): Promise<Sweep> {
  return await sweepOf(CLASSIFIER_SWEEP, { recipes, seeds, out, task }, options);
}
