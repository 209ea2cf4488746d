/**
 * The trainings of a sweep, of classifiers or detectors: which there are, and how they run one after another.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { lockFolder, makeFolder } from "../core/lock_folder.ts";
import { writeAtomically } from "../core/write_atomically.ts";

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
 * @throws {TypeError} If there is no recipe or no seed.
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
  expectSome("names of recipes", "recipes", recipes);
  expectSome("seeds", "seeds", seeds);
  expectRange("an integer of at least 1", { count });
  if (!Number.isSafeInteger(id) || id < 0 || id >= count) {
    throw new RangeError(`Expected id to be from 0 to ${count - 1} but found ${id}`);
  }
  return seeds
    .flatMap((seed) => recipes.map((recipe) => ({ recipe, seed, folder: nameOf(recipe, seed) })))
    .filter((_, index) => index % count === id);
}

function expectSome(what: string, name: string, values: readonly unknown[]): void {
  if (Array.isArray(values) && values.length > 0) return;
  throw new TypeError(
    `Expected ${name} to be a list of ${what}, at least one, but found ${
      Array.isArray(values) ? "an empty list" : typeof values
    }`,
  );
}

function nameOf(recipe: string, seed: number): string {
  return `${recipe.replaceAll("/", "-")}-seed${seed}`;
}

/** The trainings that a process runs. */
export interface JobsToRun {
  /** The trainings. */
  readonly jobs: readonly SweepJob[];
  /** Folder of the sweep. */
  readonly out: string;
  /** Whether other processes run further trainings, so that `sweep.csv` is not written. */
  readonly isShare: boolean;
}

/**
 * Runs trainings one after another, and writes `sweep.csv` after each.
 *
 * @param work The trainings and the folder.
 * @param train Runs a training; gets it and the path of its folder.
 * @param table Formats results as the text of `sweep.csv`.
 * @param signal When aborted, ends the sweep; the interrupted training has no result.
 * @returns The results.
 * @throws {BusyError} If another process sweeps into the folder.
 * @throws {CheckpointError} If the folder cannot be written to.
 */
export async function runJobs<Result>(
  { jobs, out, isShare }: JobsToRun,
  train: (job: SweepJob, folder: string) => Promise<Result>,
  table: (results: readonly Result[]) => Promise<string>,
  signal?: AbortSignal,
): Promise<Result[]> {
  const results: Result[] = [], what = "the sweep's folder";
  if (isShare) await makeFolder(out, what);
  // Processes of a distributed sweep lock only the current run folder, since they do not write sweep.csv.
  await using _lock = isShare ? undefined : await lockFolder(out, "sweep.lock", what);
  for (const job of jobs) {
    if (signal?.aborted) break;
    const result = await train(job, `${out}/${job.folder}`);
    if (signal?.aborted) break;
    results.push(result);
    if (!isShare) await writeAtomically(`${out}/sweep.csv`, await table(results));
  }
  return results;
}
