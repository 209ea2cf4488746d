/**
 * Training runs of detectors shared by notebooks.
 *
 * @module
 */
import { exists } from "../core/exists.ts";
import type { DetectorTrainOptions } from "../detection/training/detector_options.ts";
import { trainDetector } from "../detection/training/train_detector.ts";
import { byRun } from "./by_run.ts";

/** Options of {@linkcode trainedDetectors}. */
export interface TrainedDetectorsOptions extends
  Omit<
    DetectorTrainOptions,
    "recipe" | "iterations" | "out" | "resume" | "signal"
  > {
  /** Number of steps. */
  readonly iterations: number;
  /**
   * Parent folder of the run folders.
   *
   * @default {the environment variable NBN_NOTEBOOK_RUNS, or else "../runs/notebooks"}
   */
  readonly runs?: string;
}

/**
 * Trains detectors in sequence, or finds those that an earlier call has trained; one that was interrupted is resumed.
 *
 * @param recipes Names of detection recipes, keyed by run name.
 * @param options Steps, and further options of `trainDetector`.
 * @returns Their folders, keyed by name.
 * @throws {UsageError} If a folder contains a run with other settings.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { trainedDetectors } from "@nbn/toolkit/notebooks";
 *
 * const runs = await Deno.makeTempDir();
 * const folders = await trainedDetectors({}, { iterations: 1, runs });
 * assertEquals(folders, {});
 * await Deno.remove(runs, { recursive: true });
 * ```
 */
export async function trainedDetectors<Name extends string>(
  recipes: Readonly<Record<Name, string>>,
  { runs = Deno.env.get("NBN_NOTEBOOK_RUNS") ?? "../runs/notebooks", ...options }:
    TrainedDetectorsOptions,
): Promise<Record<Name, string>> {
  const { iterations, seed = 0 } = options;
  return await byRun(recipes, async (recipe) => {
    const out = `${runs}/${recipe.replaceAll("/", "-")}-${iterations}-steps-seed-${seed}`;
    if (!await exists(`${out}/summary.json`)) {
      await trainDetector({ ...options, recipe, out, resume: true });
    }
    return out;
  }) as Record<Name, string>;
}
