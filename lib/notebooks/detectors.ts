/**
 * Finished trainings of detectors over several seeds.
 *
 * @module
 */
import { type DetectorResult, detectorResultOf } from "../detection/training/detector_result.ts";
import { AP_COLUMNS, AP_NAMES } from "../detection/training/score_columns.ts";
import { collectJobs } from "../train/collect_jobs.ts";

/** Average precision of a result in percent; `null` for a group without classes, or of an interrupted training. */
export type ApOfResult = (result: DetectorResult) => number | null;

/**
 * Columns of a table of detectors, `box AP`, `box APr` … `mask APf`, for {@linkcode seedRows} and {@linkcode seedGain}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AP_OF_DETECTORS } from "@nbn/toolkit/notebooks";
 *
 * assertEquals(Object.keys(AP_OF_DETECTORS).slice(0, 4), ["box AP", "box APr", "box APc", "box APf"]);
 * ```
 */
export const AP_OF_DETECTORS: Readonly<Record<string, ApOfResult>> = Object.fromEntries(
  ([["box", "boxes"], ["mask", "masks"]] as const).flatMap(([word, kind]) =>
    AP_NAMES.map((name): [string, ApOfResult] => [
      `${word} ${AP_COLUMNS[name]}`,
      ({ scores }) => {
        const value = scores?.[kind][name] ?? null;
        return value === null ? null : 100 * value;
      },
    ])
  ),
);

/**
 * Reads the finished trainings that a sweep of detectors has written. Neither the networks nor the images are needed.
 *
 * @param folder Folder of run folders.
 * @param recipes Names of the recipes; by default those found in the folder.
 * @returns The results, recipe by recipe.
 * @throws {UsageError} If there is no finished training, or those of a recipe have different settings.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 * import { readDetectors } from "@nbn/toolkit/notebooks";
 *
 * await assertRejects(() => readDetectors("no-such-folder"), Error, "Expected the folder of a sweep");
 * ```
 */
export async function readDetectors(
  folder: string,
  recipes?: readonly string[],
): Promise<DetectorResult[]> {
  const { results } = await collectJobs({ out: folder, recipes, resultOf: detectorResultOf });
  return [...results];
}
