/**
 * Analyses that come with the project.
 *
 * @module
 */
import { readAnalysis } from "../analysis/run/files.ts";
import type { RunAnalysis } from "../analysis/run/run_analysis.ts";
import { DataError } from "../core/errors.ts";
import { imbalanceOf, imbalanceWord } from "../report/find_runs.ts";
import { readConfig } from "../train/run_folder.ts";

/** Options of {@linkcode analysedRuns}: which runs are wanted. What is left out may differ, and is in their names. */
export interface AnalysedRunsOptions {
  /** Imbalance that the training set was cut to; 1 if it is balanced. */
  readonly imbalance?: number;
  /** Steps of the checkpoint that was analysed. */
  readonly steps?: number;
  /** Seed of the training. */
  readonly seed?: number;
}

/**
 * Reads what `deno task analyse` has written for every run in a folder, such as `data/results`: numbers of networks
 * whose training takes hours, without their data.
 *
 * A run is named by its recipe and by those of imbalance, steps and seed that the options leave open, so that its
 * name stays the same whatever runs join it in the folder.
 *
 * @param folder Folder of run folders.
 * @param options Imbalance, steps and seed of the runs that are wanted; all runs if nothing is given.
 * @returns Each analysis by its name, for instance `cifar10-lt/ce, imbalance 100, 13000 steps, seed 0`, plain methods
 * before those that add to them, otherwise in the order of the folders' names; runs without one are left out.
 * @throws {DataError} If the folder cannot be read, or an analysis is damaged.
 * @throws {UsageError} If the `config.json` of an analysed run is something else.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
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
    const wanted = [[imbalance, cut], [steps, record.step], [seed, record.seed]]
      .every(([wish, is]) => wish === undefined || wish === is);
    if (!wanted) continue;
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
    // The same in all words, but trained with another batch or on other images.
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
