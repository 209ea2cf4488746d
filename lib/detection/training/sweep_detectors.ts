/**
 * Training several detection recipes over several seeds.
 *
 * @module
 */
import { writeAtomically } from "../../core/write_atomically.ts";
import { csv } from "../../deps/csv.ts";
import { type MeanAndDeviation, meanAndDeviation } from "../../metrics/mean_and_deviation.ts";
import { collectJobs } from "../../train/collect_jobs.ts";
import { runJobs, type SweepJob, sweepJobs } from "../../train/sweep_jobs.ts";
import { isDetectionRecipe } from "../recipes/detection_recipe.ts";
import type { DetectorTrainOptions } from "./detector_options.ts";
import type { DetectorResult } from "./detector_result.ts";
import type { DetectorScores } from "./detector_scores.ts";
import { AP_NAMES, type ApColumn, SCORE_COLUMNS, scoreRecord } from "./score_columns.ts";
import { trainDetector } from "./train_detector.ts";

/** Options of {@linkcode sweepDetectors}: recipes, seeds, and the common options of the trainings. */
export interface SweepDetectorsOptions
  extends Omit<DetectorTrainOptions, "recipe" | "seed" | "out"> {
  /** Names of the recipes. */
  readonly recipes: readonly string[];
  /** Seeds. */
  readonly seeds: readonly number[];
  /** Folder of `sweep.csv` and of the run folders, one for each recipe and seed. */
  readonly out: string;
  /** Subset of the trainings to run: process `id` of `count` runs every `count`-th and does not write `sweep.csv`. */
  readonly task?: { readonly id: number; readonly count: number };
}

/** Statistics of a recipe over all seeds. */
export interface DetectorSweepRow {
  /** Name of the recipe. */
  readonly recipe: string;
  /** Number of seeds. */
  readonly seeds: number;
  /** Average precision from 0 to 1 of boxes and masks; `null` for a group without classes. */
  readonly scores: {
    readonly [Kind in keyof DetectorScores]: Readonly<Record<ApColumn, MeanAndDeviation | null>>;
  };
}

/** Results of a sweep. */
export interface DetectorSweep {
  /** One row for each recipe. */
  readonly rows: readonly DetectorSweepRow[];
  /** One result for each recipe and seed. */
  readonly results: readonly DetectorResult[];
}

/**
 * Trains every recipe with every seed, sequentially or distributed over processes, and after each training updates
 * `sweep.csv`.
 *
 * @param options Recipes, seeds, folder, and common options of the trainings.
 * @returns Mean and standard deviation of each recipe; over fewer seeds than requested if the sweep was stopped.
 * @throws {UsageError} If a recipe is unknown, or a run folder contains another run.
 * @throws {BusyError} If another process sweeps into the folder, or trains in one of the run folders.
 * @throws {CheckpointError} If the folder cannot be written to.
 * @throws {DivergedError} If a loss becomes NaN or infinite.
 */
export async function sweepDetectors(
  { recipes, seeds, out, task, ...options }: SweepDetectorsOptions,
): Promise<DetectorSweep> {
  const results = await runJobs(
    { jobs: sweepJobs(recipes, seeds, task), out, isShare: task !== undefined },
    ({ recipe, seed }, folder) => trainDetector({ ...options, recipe, seed, out: folder }),
    table,
    options.signal,
  );
  return { rows: rowsOf(recipes, results), results };
}

/**
 * Collects the finished trainings of a sweep and writes `sweep.csv`, without training anything.
 *
 * @param options Folder; recipes and seeds, by default those found in it.
 * @returns Mean and standard deviation of each recipe, and the missing trainings.
 * @throws {UsageError} If the folder holds no finished run of a detector, or runs of different settings.
 * @throws {CheckpointError} If the folder cannot be written to.
 */
export async function collectDetectors(
  { out, recipes, seeds }:
    & Pick<SweepDetectorsOptions, "out">
    & Partial<Pick<SweepDetectorsOptions, "recipes" | "seeds">>,
): Promise<DetectorSweep & { readonly missing: readonly SweepJob[] }> {
  const { names, results, missing } = await collectJobs({
    out,
    recipes,
    seeds,
    resultOf(summary) {
      const result = summary as DetectorResult;
      return isDetectionRecipe(result.recipe) ? result : undefined;
    },
  });
  await writeAtomically(`${out}/sweep.csv`, await table(results));
  return { rows: rowsOf(names, results), results, missing };
}

function rowsOf(
  recipes: readonly string[],
  results: readonly DetectorResult[],
): DetectorSweepRow[] {
  return recipes.map((recipe) => {
    const own = results.filter((result) => result.recipe === recipe);
    const over = (kind: keyof DetectorScores) =>
      Object.fromEntries(
        AP_NAMES.map((name) => [
          name,
          meanAndDeviation(own.map(({ scores }) => scores?.[kind][name] ?? null)),
        ]),
      ) as Record<ApColumn, MeanAndDeviation | null>;
    return { recipe, seeds: own.length, scores: { boxes: over("boxes"), masks: over("masks") } };
  });
}

/** Formats results as the text of `sweep.csv`. */
async function table(results: readonly DetectorResult[]): Promise<string> {
  const { stringify } = await csv();
  const rows = results.map(({ scores, ...result }) => ({
    ...result,
    ...(scores ? scoreRecord(scores) : {}),
  }));
  const columns = ["recipe", "seed", "iterations", "precision", "backend", "loss"];
  return stringify(rows, { columns: [...columns, ...SCORE_COLUMNS, "stepMs"] });
}
