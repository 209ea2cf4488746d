/**
 * The finished runs of a repository, by experiment.
 *
 * @module
 */
import { readAnalysis } from "../../lib/analysis/run/files.ts";
import type { RunAnalysis } from "../../lib/analysis/run/run_analysis.ts";
import { UsageError } from "../../lib/core/errors.ts";
import { isDetectionRecipe } from "../../lib/detection/recipes/detection_recipe.ts";
import { exists } from "../../lib/core/exists.ts";
import { readConfig } from "../../lib/runs/run_folder.ts";
import type { Summary } from "../../lib/runs/result.ts";
import { readSettings } from "../../lib/settings/config_file.ts";
import { findRuns, type FoundRun, imbalanceOf } from "../../lib/report/find_runs.ts";

/** A finished run. */
export interface FinishedRun extends FoundRun {
  /** Its results. */
  readonly summary: Summary;
  /** Imbalance of its training set, if the recipe has one. */
  readonly imbalance?: number;
  /** What determined its result, as `config.json` has it. */
  readonly training: Readonly<Record<string, unknown>>;
  /** Height and width of its images, unless it is of an earlier version. */
  readonly size?: readonly number[];
  /** Machine that it was started on. */
  readonly machine: string;
  /** Its analysis, if it has been analysed. */
  readonly analysis?: RunAnalysis;
  /** Whether `config.json` has the settings to repeat it. */
  readonly repeatable: boolean;
}

/** Runs that differ in recipe and seed only. */
export interface Experiment {
  /** Name of its config file; settings for runs without one. */
  readonly name: string;
  /** Its config file, from which recipes are known before they are trained. */
  readonly file?: string;
  /** Folder of its runs. */
  readonly folder: string;
  /** Recipes: those of the config file, then others that have been trained. */
  readonly recipes: readonly string[];
  /** Imbalance of its training sets, if its recipes have one. */
  readonly imbalance?: number;
  /** Finished runs. */
  readonly runs: readonly FinishedRun[];
}

/**
 * Finds the experiments of a data folder: config files `experiments/NAME.json`, as `deno task sweep` takes them, with
 * runs in `results/NAME`, and run folders in `results` itself.
 *
 * @param data The folder, for instance `data`.
 * @returns Experiments with a config file by name, then the other runs by their settings.
 * @throws {UsageError} If a config file, or the `config.json` of a run, is unusable, or two runs of a recipe have
 * other settings or the same seed.
 * @throws {DataError} If the summary or the analysis of a run is damaged.
 */
export async function findExperiments(data: string): Promise<Experiment[]> {
  const experiments: Experiment[] = [];
  for (const name of await namesIn(`${data}/experiments`)) {
    if (!name.endsWith(".json")) continue;
    const file = `${data}/experiments/${name}`, short = name.slice(0, -".json".length);
    const { recipe = [], imbalance } = await readSettings(file);
    // Detectors have a page of their own.
    if (recipe.some(isDetectionRecipe)) continue;
    const folder = `${data}/results/${short}`, runs = await finishedRuns(folder);
    expectComparable(runs);
    experiments.push({
      name: short,
      file,
      folder,
      recipes: [...new Set([...recipe, ...runs.map((run) => run.recipe)])],
      imbalance: imbalance ?? runs[0]?.imbalance,
      runs,
    });
  }
  const folder = `${data}/results`;
  const others = Map.groupBy(await finishedRuns(folder), settingOf);
  for (const [name, runs] of others) {
    expectComparable(runs);
    // Baselines before the methods that extend them, as in the tables of the paper.
    const recipes = [...new Set(runs.map((run) => run.recipe))]
      .sort((a, b) => a.split("+").length - b.split("+").length);
    experiments.push({ name, folder, recipes, imbalance: runs[0].imbalance, runs });
  }
  return experiments;
}

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  if (await exists(folder)) {
    for await (const { name } of Deno.readDir(folder)) names.push(name);
  }
  return names.sort();
}

/** Reads the run folders in a folder that have finished. */
async function finishedRuns(folder: string): Promise<FinishedRun[]> {
  const paths: string[] = [];
  for (const name of await namesIn(folder)) {
    if (await exists(`${folder}/${name}/summary.json`)) paths.push(`${folder}/${name}`);
  }
  if (paths.length === 0) return [];
  const runs: FinishedRun[] = [];
  for (const { summary, ...run } of await findRuns(paths)) {
    const config = (await readConfig(`${run.path}/config.json`))!;
    runs.push({
      ...run,
      summary: summary!,
      imbalance: imbalanceOf(config.training),
      training: config.training,
      size: config.input?.shape.slice(0, 2),
      machine: config.machine ?? config.engine.device,
      analysis: await readAnalysis(run.path),
      repeatable: config.settings !== undefined,
    });
  }
  return runs;
}

/** Throws if the runs of a recipe have no common mean: some have other settings, or are the same run twice. */
function expectComparable(runs: readonly FinishedRun[]): void {
  for (const own of Map.groupBy(runs, ({ recipe }) => recipe).values()) {
    for (const [place, run] of own.entries()) {
      const [words, first] = [run, own[0]].map(settingOf);
      if (words !== first) {
        throw new UsageError(
          `Expected the runs of ${run.recipe} to have the same settings but found ${first} in ` +
            `${own[0].path} and ${words} in ${run.path}: move one to an experiment of its own`,
        );
      }
      const twin = own.slice(0, place).find(({ seed }) => seed === run.seed);
      if (!twin) continue;
      throw new UsageError(
        `Expected one run of ${run.recipe} with seed ${run.seed} but found ${twin.path} and ` +
          `${run.path}: remove one`,
      );
    }
  }
}

/** Describes what runs of one experiment have in common. */
function settingOf({ recipe, settings }: FinishedRun): string {
  const words = Object.values(settings).filter((word) => word !== "");
  return [recipe.slice(0, recipe.indexOf("/")), ...words].join(", ");
}
