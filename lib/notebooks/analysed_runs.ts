/**
 * Stored analyses of trained runs.
 *
 * @module
 */
import { readAnalysis } from "../analysis/run/files.ts";
import type { RunAnalysis } from "../analysis/run/run_analysis.ts";
import { DataError } from "../core/errors.ts";
import { imbalanceOf, imbalanceWord } from "../report/find_runs.ts";
import { readConfig } from "../runs/run_folder.ts";

/**
 * Filters of {@linkcode analysedRuns}. Properties without a filter may differ between runs and become part of their
 * names.
 */
export interface AnalysedRunsOptions {
  /** Imbalance of the subsampled training set; 1 if balanced. */
  readonly imbalance?: number;
  /** Number of training steps of the analysed checkpoint. */
  readonly steps?: number;
  /** Seed of the training. */
  readonly seed?: number;
}

/**
 * Reads the analyses that `deno task analyse` has written for the runs in a folder, such as `data/results`. Neither the
 * networks nor the data are needed.
 *
 * A run is named by its recipe and by the imbalance, steps and seed that the options do not filter by, so that its name
 * does not depend on the other runs in the folder.
 *
 * @param folder Folder of run folders.
 * @param options Imbalance, steps and seed of the runs to read; all runs by default.
 * @returns The analyses keyed by name, for instance `cifar10-lt/ce, imbalance 100, 13000 steps, seed 0`; baselines come
 * before the methods that extend them, otherwise runs are in the order of their folder names. Runs without an analysis
 * are omitted.
 * @throws {DataError} If the folder cannot be read, or an analysis is damaged.
 * @throws {UsageError} If the `config.json` of an analysed run is not that of a run.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { analysedRuns } from "@nbn/toolkit/notebooks";
 *
 * const folder = await Deno.makeTempDir();
 * assertEquals(await analysedRuns(folder, { imbalance: 100 }), {});
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function analysedRuns(
  folder: string,
  { imbalance, steps, seed }: AnalysedRunsOptions = {},
): Promise<Record<string, RunAnalysis>> {
  const runs: { name: string; parts: number; analysis: RunAnalysis }[] = [];
  for (const name of await foldersIn(folder)) {
    const analysis = await readAnalysis(`${folder}/${name}`);
    if (!analysis) continue;
    const { record } = analysis;
    const config = await readConfig(`${folder}/${name}/config.json`);
    const cut = config && imbalanceOf(config.training);
    const requested = [[imbalance, cut], [steps, record.step], [seed, record.seed]]
      .every(([wish, is]) => wish === undefined || wish === is);
    if (!requested) continue;
    const open = [
      imbalance === undefined && cut !== undefined && imbalanceWord(cut),
      steps === undefined && `${record.step} steps`,
      seed === undefined && `seed ${record.seed}`,
    ].filter((word) => word !== false);
    const parts = record.recipe.split("+").length;
    runs.push({ name: [record.recipe, ...open].join(", "), parts, analysis });
  }
  const found: Record<string, RunAnalysis> = {};
  for (const { name, analysis } of runs.sort((a, b) => a.parts - b.parts)) {
    // Number runs of the same name: trained with another batch size or on other images.
    const before = Object.keys(found).filter((other) => other.replace(/ \(\d+\)$/, "") === name);
    found[before.length === 0 ? name : `${name} (${before.length + 1})`] = analysis;
  }
  return found;
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
  } catch (cause) {
    throw new DataError(
      `Expected a folder of runs at ${folder} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
}
