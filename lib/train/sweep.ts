/**
 * Training several recipes over several seeds.
 *
 * @module
 */
import { csv } from "../deps/csv.ts";
import { lockFolder, makeFolder } from "./lock_folder.ts";
import type { TrainOptions } from "./options.ts";
import type { TrainResult } from "./result.ts";
import { type Spread, spread } from "./spread.ts";
import { train } from "./train.ts";
import { writeWhole } from "./write_whole.ts";

/** Options of {@linkcode sweep}: those of a training, for several. */
export interface SweepOptions extends Omit<TrainOptions, "recipe" | "seed" | "out"> {
  /** Names of the recipes. */
  readonly recipes: readonly string[];
  /** Seeds. */
  readonly seeds: readonly number[];
  /** Folder of the runs, one folder for each recipe and seed, and of `sweep.csv`. */
  readonly out: string;
  /**
   * Which share of the trainings to do, where several processes do them side by side: process `id` of `count`, from 0,
   * does every `count`-th. Then no `sweep.csv` is written; {@linkcode collectSweep} does so at the end.
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
  /** Its run folder within that of the sweep. */
  readonly folder: string;
}

/**
 * Lists the trainings of a sweep, in the order in which they are done.
 *
 * @param recipes Names of the recipes.
 * @param seeds Seeds.
 * @param task Process `id` of `count`; all trainings if left out.
 * @returns Its trainings; none if there are more processes than trainings.
 * @throws {RangeError} If there is no such process.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
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
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`Expected count to be an integer of at least 1 but found ${count}`);
  }
  if (!Number.isSafeInteger(id) || id < 0 || id >= count) {
    throw new RangeError(`Expected id to be from 0 to ${count - 1} but found ${id}`);
  }
  return seeds
    .flatMap((seed) => recipes.map((recipe) => ({ recipe, seed, folder: nameOf(recipe, seed) })))
    .filter((_, place) => place % count === id);
}

function nameOf(recipe: string, seed: number): string {
  return `${recipe.replaceAll("/", "-")}-seed${seed}`;
}

/** A recipe over all seeds. */
export interface SweepRow {
  /** Name of the recipe. */
  readonly recipe: string;
  /** Number of seeds. */
  readonly seeds: number;
  /** Accuracy in percent; `null` for a group without classes. */
  readonly all: Spread | null;
  /** Mean accuracy of the classes that have test images. */
  readonly mean: Spread | null;
  /** The same for Head. */
  readonly head: Spread | null;
  /** The same for Medium. */
  readonly medium: Spread | null;
  /** The same for Tail. */
  readonly tail: Spread | null;
}

/** What a sweep returns. */
export interface Sweep {
  /** One row for each recipe. */
  readonly rows: readonly SweepRow[];
  /** One result for each recipe and seed. */
  readonly results: readonly TrainResult[];
}

/**
 * Trains every recipe with every seed, one after another or shared among processes, and writes `sweep.csv`, a line for
 * each training, after each of them.
 *
 * @param options Recipes, seeds, folder, and what they have in common.
 * @returns Mean and deviation of each recipe; fewer seeds than asked for if it was stopped.
 * @throws {UsageError} If a recipe is unknown, or a run's folder holds another run.
 * @throws {BusyError} If another process sweeps into the folder, or trains in a run's folder.
 * @throws {RangeError} If there is no such process.
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
  // Processes that share a sweep lock one run at a time, and leave sweep.csv alone.
  await using _lock = task ? undefined : await lockFolder(out, "sweep.lock", what);
  for (const { recipe, seed, folder } of jobs) {
    if (options.signal?.aborted) break;
    const result = await train({ ...options, recipe, seed, out: `${out}/${folder}` });
    if (options.signal?.aborted) break;
    results.push(result);
    if (!task) await writeWhole(`${out}/sweep.csv`, await table(results));
  }
  return { rows: rowsOf(recipes, results), results };
}

/**
 * Mean and deviation of each recipe over its results.
 *
 * @param recipes Names of the recipes.
 * @param results Results of all.
 * @returns A row for each recipe.
 */
export function rowsOf(recipes: readonly string[], results: readonly TrainResult[]): SweepRow[] {
  return recipes.map((recipe) => {
    const own = results.filter((result) => result.recipe === recipe);
    const over = (group: "all" | "mean" | "head" | "medium" | "tail") =>
      spread(own.map((result) => result[group]));
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
 * What `sweep.csv` holds.
 *
 * @param results A line for each.
 * @returns The text.
 */
export async function table(results: readonly TrainResult[]): Promise<string> {
  const { stringify } = await csv();
  return stringify(results.map((result) => ({ ...result })), { columns: [...COLUMNS] });
}
