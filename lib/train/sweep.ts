/**
 * Training several recipes over several seeds.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { csv } from "../deps/csv.ts";
import { lockFolder, makeFolder } from "../core/lock_folder.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import type { TrainResult } from "../runs/result.ts";
import { type MeanAndDeviation, meanAndDeviation } from "../metrics/mean_and_deviation.ts";
import { train } from "./train.ts";
import { writeAtomically } from "../core/write_atomically.ts";

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

/** A training of a sweep. */
export interface SweepJob {
  /** Name of the recipe. */
  readonly recipe: string;
  /** Seed. */
  readonly seed: number;
  /** Its run folder, relative to the folder of the sweep. */
  readonly folder: string;
}

/**
 * Lists the trainings of a sweep, in the order in which they run.
 *
 * @param recipes Names of the recipes.
 * @param seeds Seeds.
 * @param task Process `id` of `count`; by default one process runs all trainings.
 * @returns The trainings of the process; possibly none if there are more processes than trainings.
 * @throws {RangeError} If `count` is below 1 or `id` is not in [0, `count`).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { sweepJobs } from "@nbn/toolkit/train";
 *
 * const jobs = sweepJobs(["builtin/ce", "builtin/focal"], [0, 1], { id: 1, count: 3 });
 * assertEquals(jobs.map(({ folder }) => folder), ["builtin-focal-seed0"]);
 * assertEquals(sweepJobs(["builtin/ce"], [0, 1]).length, 2);
 * ```
 */
export function sweepJobs(
  recipes: readonly string[],
  seeds: readonly number[],
  { id, count }: { readonly id: number; readonly count: number } = { id: 0, count: 1 },
): readonly SweepJob[] {
  expectRange("an integer of at least 1", { count });
  if (!Number.isSafeInteger(id) || id < 0 || id >= count) {
    throw new RangeError(`Expected id to be from 0 to ${count - 1} but found ${id}`);
  }
  return seeds
    .flatMap((seed) => recipes.map((recipe) => ({ recipe, seed, folder: nameOf(recipe, seed) })))
    .filter((_, index) => index % count === id);
}

function nameOf(recipe: string, seed: number): string {
  return `${recipe.replaceAll("/", "-")}-seed${seed}`;
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
  const results: TrainResult[] = [];
  const jobs = sweepJobs(recipes, seeds, task);
  const what = "the sweep's folder";
  if (task) await makeFolder(out, what);
  // Processes of a distributed sweep lock only the current run folder, since they do not write sweep.csv.
  await using _lock = task ? undefined : await lockFolder(out, "sweep.lock", what);
  for (const { recipe, seed, folder } of jobs) {
    if (options.signal?.aborted) break;
    const result = await train({ ...options, recipe, seed, out: `${out}/${folder}` });
    if (options.signal?.aborted) break;
    results.push(result);
    if (!task) await writeAtomically(`${out}/sweep.csv`, await table(results));
  }
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
