/**
 * Training several detection recipes over several seeds.
 *
 * @module
 */
import { type MeanAndDeviation, meanAndDeviation } from "../../metrics/mean_and_deviation.ts";
import type { CollectSweepOptions } from "../../train/collect_sweep.ts";
import {
  type CollectedSweepOf,
  collectedSweepOf,
  type SweepFrame,
  type SweepKind,
  type SweepOf,
  sweepOf,
} from "../../train/sweep_kind.ts";
import { isDetectionRecipe } from "../recipes/detection_recipe.ts";
import type { DetectorTrainOptions } from "./detector_options.ts";
import type { DetectorResult } from "./detector_result.ts";
import type { DetectorScores } from "./detector_scores.ts";
import { AP_NAMES, type ApColumn, SCORE_COLUMNS, scoreRecord } from "./score_columns.ts";
import { trainDetector } from "./train_detector.ts";

/** Options of {@linkcode sweepDetectors}: recipes, seeds, and the common options of the trainings. */
export interface SweepDetectorsOptions
  extends SweepFrame, Omit<DetectorTrainOptions, "recipe" | "seed" | "out"> {}

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
export type DetectorSweep = SweepOf<DetectorSweepRow, DetectorResult>;

/** Sweeps of detectors. */
const DETECTOR_SWEEP: SweepKind<
  Omit<DetectorTrainOptions, "recipe" | "seed" | "out">,
  DetectorSweepRow,
  DetectorResult
> = {
  train: trainDetector,
  resultOf(summary) {
    const result = summary as DetectorResult;
    return isDetectionRecipe(result.recipe) ? result : undefined;
  },
  rowOf(recipe, own) {
    const over = (kind: keyof DetectorScores) =>
      Object.fromEntries(
        AP_NAMES.map((name) => [
          name,
          meanAndDeviation(own.map(({ scores }) => scores?.[kind][name] ?? null)),
        ]),
      ) as Record<ApColumn, MeanAndDeviation | null>;
    return { recipe, seeds: own.length, scores: { boxes: over("boxes"), masks: over("masks") } };
  },
  columns: [
    ...["recipe", "seed", "iterations", "precision", "backend", "loss"],
    ...SCORE_COLUMNS,
    "stepMs",
  ],
  recordOf: ({ scores, ...result }) => ({ ...result, ...(scores ? scoreRecord(scores) : {}) }),
};

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
  return await sweepOf(DETECTOR_SWEEP, { recipes, seeds, out, task }, options);
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
  options: CollectSweepOptions,
): Promise<CollectedSweepOf<DetectorSweepRow, DetectorResult>> {
  return await collectedSweepOf(DETECTOR_SWEEP, options);
}
