/**
 * What the sweeps of classifiers and of detectors have in common: trainings, results, means, `sweep.csv`.
 *
 * @module
 */
import { writeAtomically } from "../core/write_atomically.ts";
import { csv } from "../deps/csv.ts";
import { collectJobs, type CollectJobsOptions, type SweepResult } from "./collect_jobs.ts";
import { runJobs, type SweepJob, sweepJobs } from "./sweep_jobs.ts";

/** Recipes, seeds and folder of a sweep. */
export interface SweepFrame {
  /** Names of the recipes. */
  readonly recipes: readonly string[];
  /** Seeds. */
  readonly seeds: readonly number[];
  /** Folder of `sweep.csv` and of the run folders, one for each recipe and seed. */
  readonly out: string;
  /**
   * Subset of the trainings to run, to distribute a sweep over processes: process `id`, in [0, `count`), runs every
   * `count`-th training. If given, `sweep.csv` is not written; collect the results at the end.
   *
   * @default {{ id: 0, count: 1 }}
   */
  readonly task?: { readonly id: number; readonly count: number };
}

/** Results of a sweep. */
export interface SweepOf<Row, Result> {
  /** One row for each recipe. */
  readonly rows: readonly Row[];
  /** One result for each recipe and seed. */
  readonly results: readonly Result[];
}

/** Results of a sweep, with the trainings that are still missing. */
export interface CollectedSweepOf<Row, Result> extends SweepOf<Row, Result> {
  /** Trainings that have not finished. */
  readonly missing: readonly SweepJob[];
}

/** What sweeps differ in. */
export interface SweepKind<Options, Row, Result>
  extends Pick<CollectJobsOptions<Result>, "resultOf"> {
  /** Runs a training. */
  train(options: Options & { recipe: string; seed: number; out: string }): Promise<Result>;
  /** Computes the statistics of a recipe over its results. */
  rowOf(recipe: string, own: readonly Result[]): Row;
  /** Columns of `sweep.csv`. */
  readonly columns: readonly string[];
  /** Values of a line of `sweep.csv` by column. */
  recordOf(result: Result): Readonly<Record<string, unknown>>;
}

/**
 * Trains every recipe with every seed, sequentially or distributed over processes, and after each training updates
 * `sweep.csv`, which has one line per training.
 *
 * @param kind Kind of the trainings.
 * @param frame Recipes, seeds, folder.
 * @param options Common options of the trainings.
 * @returns Statistics of each recipe; over fewer seeds than requested if the sweep was stopped.
 */
export async function sweepOf<
  Options extends { readonly signal?: AbortSignal },
  Row,
  Result extends SweepResult,
>(
  kind: SweepKind<Options, Row, Result>,
  { recipes, seeds, out, task }: SweepFrame,
  options: Options,
): Promise<SweepOf<Row, Result>> {
  if (typeof out !== "string" || out === "") {
    throw new TypeError(`Expected out to be the path of a folder but found ${out || "none"}`);
  }
  const results = await runJobs(
    { jobs: sweepJobs(recipes, seeds, task), out, isShare: task !== undefined },
    ({ recipe, seed }, folder) => kind.train({ ...options, recipe, seed, out: folder }),
    (results) => table(kind, results),
    options.signal,
  );
  return { rows: rowsOf(kind, recipes, results), results };
}

/**
 * Collects the finished trainings of a sweep and writes `sweep.csv`, without training anything.
 *
 * @param kind Kind of the trainings.
 * @param frame Folder; recipes and seeds, by default those found in it.
 * @returns Statistics of each recipe, and the missing trainings.
 */
export async function collectedSweepOf<Row, Result extends SweepResult>(
  kind: SweepKind<never, Row, Result>,
  { out, recipes, seeds }: Pick<SweepFrame, "out"> & Partial<SweepFrame>,
): Promise<CollectedSweepOf<Row, Result>> {
  const { resultOf } = kind;
  const { names, results, missing } = await collectJobs({ out, recipes, seeds, resultOf });
  await writeAtomically(`${out}/sweep.csv`, await table(kind, results));
  return { rows: rowsOf(kind, names, results), results, missing };
}

function rowsOf<Row, Result extends SweepResult>(
  { rowOf }: SweepKind<never, Row, Result>,
  recipes: readonly string[],
  results: readonly Result[],
): Row[] {
  return recipes.map((recipe) =>
    rowOf(recipe, results.filter((result) => result.recipe === recipe))
  );
}

/** Formats results as the text of `sweep.csv`. */
async function table<Row, Result>(
  { columns, recordOf }: SweepKind<never, Row, Result>,
  results: readonly Result[],
): Promise<string> {
  const { stringify } = await csv();
  return stringify(results.map((result) => ({ ...recordOf(result) })), { columns: [...columns] });
}
