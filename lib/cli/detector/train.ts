/**
 * Training the recipes of detectors on the command line.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { detectorTrainOptions } from "../../detection/training/detector_options.ts";
import type { DetectorResult } from "../../detection/training/detector_result.ts";
import { trainDetector } from "../../detection/training/train_detector.ts";
import type { Settings } from "../../settings/table.ts";
import { AP_TITLE, type ApRow, apTable } from "./ap_table.ts";
import { eachRecipe } from "../train/each_recipe.ts";
import type { TrainFlags } from "../train/flags.ts";

/**
 * Trains detectors one after another and prints their average precision.
 *
 * @param recipes Names of detection recipes.
 * @param settings Settings of the trainings.
 * @param flags Other flags of `train`.
 * @returns The exit code.
 */
export async function trainDetectors(
  recipes: readonly string[],
  settings: Settings,
  flags: TrainFlags,
): Promise<number> {
  if (flags.profile) {
    throw new UsageError("Expected no --profile with the recipe of a detector but found it");
  }
  const { results, code } = await eachRecipe(
    recipes,
    flags,
    (recipe, call) => trainDetector({ ...detectorTrainOptions(settings, recipe), ...call }),
  );
  console.log(AP_TITLE);
  console.log(apTable(results.flatMap(rowOf)));
  for (const { recipe, out } of results) console.error(`${recipe}: logs and checkpoints in ${out}`);
  if (flags.json) console.log(JSON.stringify(results));
  return code;
}

/** The row of a training, unless it was interrupted before its evaluation. */
function rowOf({ recipe, scores }: DetectorResult): ApRow[] {
  return scores ? [{ name: recipe, scores }] : [];
}
