/**
 * Sweeps of detectors on the command line.
 *
 * @module
 */
import { isDetectionRecipe } from "../../detection/recipes/detection_recipe.ts";
import type { DetectorSweep } from "../../detection/training/sweep_detectors.ts";
import { readConfig } from "../../runs/run_folder.ts";
import { AP_TITLE, apTable } from "./ap_table.ts";

/**
 * Whether the folder of a sweep holds runs of detectors.
 *
 * @param out The folder.
 * @returns Whether one of its runs is one; `false` if the folder cannot be read.
 */
export async function holdsDetectors(out: string): Promise<boolean> {
  try {
    for await (const { name } of Deno.readDir(out)) {
      const { recipe = "" } = (await readConfig(`${out}/${name}/config.json`))?.training ?? {};
      if (isDetectionRecipe(String(recipe))) return true;
    }
  } catch { /* what collects the runs reports it */ }
  return false;
}

/**
 * Prints mean and standard deviation of each recipe.
 *
 * @param rows Statistics of the recipes.
 * @param seeds Seeds.
 */
export function printDetectors(
  rows: DetectorSweep["rows"],
  seeds: readonly number[],
): void {
  console.log(`${AP_TITLE}; over seeds ${seeds.join(", ")}`);
  console.log(apTable(rows.map((row) => ({ ...row, name: row.recipe }))));
}
