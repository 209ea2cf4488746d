/**
 * Training several recipes over several seeds.
 *
 * @module
 */
import { csv } from "../deps/csv.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import type { TrainResult } from "../runs/result.ts";
import { type MeanAndDeviation, meanAndDeviation } from "../metrics/mean_and_deviation.ts";
import { runJobs, sweepJobs } from "./sweep_jobs.ts";
import { train } from "./train.ts";

/** Options of {@linkcode sweep}: recipes, seeds, and the common options of the trainings. */
export interface SweepOptions extends Omit<TrainOptions, "recipe" | "seed" | "out"> {
  /** Names of the recipes. */
  readonly recipes: readonly string[];
  /** Seeds. */
  readonly seeds: readonly number[];
  /** Folder of `sweep.csv` and of the run folders, one for each recipe and seed. */
  readonly out: string;
  /**
   * Subset of the trainings to run, to distribute a sweep over processes: process `id`, in [0, `count`), runs every
   * `count`-th training. If given, `sweep.csv` is not written; call {@linkcode collectSweep} at the end.
   *
   * @default {{ id: 0, count: 1 }}
   */
  readonly task?: { readonly id: number; readonly count: number };
}

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
export interface Sweep {
  /** One row for each recipe. */
  readonly rows: readonly SweepRow[];
  /** One result for each recipe and seed. */
  readonly results: readonly TrainResult[];
}

/**
 * Trains every recipe with every seed, sequentially or distributed over processes, and after each training updates
 * `sweep.csv`, which has one line per training.
 *
 * @param options Recipes, seeds, folder, and common options of the trainings.
 * @returns Mean and standard deviation of each recipe; over fewer seeds than requested if the sweep was stopped.
 * @throws {UsageError} If a recipe is unknown, or a run folder contains another run.
 * @throws {BusyError} If another process sweeps into the folder, or trains in one of the run folders.
 * @throws {RangeError} If `count` is below 1 or `id` is not in [0, `count`).
 * @throws {DataError} If the data cannot be read.
 * @throws {CheckpointError} If the folder cannot be written to.
 * @throws {DivergedError} If a loss becomes NaN or infinite.
 */
export async function sweep(
  { recipes, seeds, out, task, ...options }: SweepOptions,
): Promise<Sweep> {
  const results = await runJobs(
    { jobs: sweepJobs(recipes, seeds, task), out, isShare: task !== undefined },
    ({ recipe, seed }, folder) => train({ ...options, recipe, seed, out: folder }),
    table,
    options.signal,
  );
  return { rows: rowsOf(recipes, results), results };
}

/**
 * Computes mean and standard deviation of each recipe over its results.
 *
 * @param recipes Names of the recipes.
 * @param results Results of all recipes.
 * @returns One row for each recipe.
 */
export function rowsOf(recipes: readonly string[], results: readonly TrainResult[]): SweepRow[] {
  return recipes.map((recipe) => {
    const own = results.filter((result) => result.recipe === recipe);
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
  });
}

const COLUMNS = [
  "recipe",
  "seed",
  "iterations",
  "precision",
  "backend",
  "loss",
  "all",
  "mean",
  "head",
  "medium",
  "tail",
  "stepMs",
] as const;

/**
 * Formats results as the text of `sweep.csv`.
 *
 * @param results Results, one for each line.
 * @returns The text.
 */
export async function table(results: readonly TrainResult[]): Promise<string> {
  const { stringify } = await csv();
  return stringify(results.map((result) => ({ ...result })), { columns: [...COLUMNS] });
}
