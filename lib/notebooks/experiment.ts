/**
 * Finished runs over several seeds, and what methods gain in them.
 *
 * @module
 */
import { readAnalysis } from "../analysis/run/files.ts";
import type { RunAnalysis } from "../analysis/run/run_analysis.ts";
import { bySeed } from "../metrics/by_seed.ts";
import { type Estimate, estimateMean, pairedDifference } from "../metrics/paired_difference.ts";
import { fixed, type Prose, prose, signed } from "../plots/prose.ts";
import { findRuns } from "../report/find_runs.ts";
import type { TrainResult } from "../runs/result.ts";
import { meanCell } from "./estimate_cells.ts";

/** A finished run of an experiment. */
export interface ExperimentRun {
  /** Its recipe. */
  readonly recipe: string;
  /** Its seed. */
  readonly seed: number;
  /** Its results. */
  readonly summary: TrainResult;
  /** Its analysis, if it has been analysed. */
  readonly analysis?: RunAnalysis;
}

/**
 * Reads the finished runs that a sweep has written, with their analyses. Neither the networks nor the data are needed.
 *
 * @param folder Folder of run folders.
 * @returns The runs, baselines before the methods that extend them.
 * @throws {UsageError} If there is no run, or one has an unusable `config.json`.
 * @throws {DataError} If a summary or an analysis is damaged.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 * import { readExperiment } from "@nbn/toolkit/notebooks";
 *
 * await assertRejects(() => readExperiment("no-such-folder"), Error, "Expected a run folder");
 * ```
 */
export async function readExperiment(folder: string): Promise<ExperimentRun[]> {
  const runs: ExperimentRun[] = [];
  for (const { path, recipe, seed, summary } of await findRuns([folder])) {
    if (summary) runs.push({ recipe, seed, summary, analysis: await readAnalysis(path) });
  }
  return runs;
}

/**
 * Tabulates means over seeds with their standard errors, for {@linkcode show}.
 *
 * @param runs From {@linkcode readExperiment}.
 * @param columns Numbers of a run, keyed by heading; `null` or `undefined` if it has none.
 * @param decimals Number of decimals.
 * @returns A row for each recipe with the number of its seeds.
 * @throws {TypeError} If a column is no function.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { type ExperimentRun, seedRows } from "@nbn/toolkit/notebooks";
 *
 * const run = (seed: number, all: number) => ({ recipe: "ce", seed, summary: { all } }) as ExperimentRun;
 * const rows = seedRows([run(0, 48), run(1, 50)], { All: ({ summary }) => summary.all });
 * assertEquals(rows, [{ recipe: "ce", seeds: 2, All: "49.0 ± 1.0" }]);
 * ```
 */
export function seedRows(
  runs: readonly ExperimentRun[],
  columns: Readonly<Record<string, (run: ExperimentRun) => number | null | undefined>>,
  decimals = 1,
): Readonly<Record<string, string | number>>[] {
  expectFunctions(columns);
  return [...Map.groupBy(runs, ({ recipe }) => recipe)].map(([recipe, own]) => ({
    recipe,
    seeds: own.length,
    ...Object.fromEntries(
      Object.entries(columns).map(([name, of]) => {
        const values = own.map(of).filter((value) => value !== null && value !== undefined);
        return [name, meanCell(values.length === 0 ? null : estimateMean(values), decimals)];
      }),
    ),
  }));
}

/** Two recipes of an experiment. */
export interface Compared {
  /** The method. */
  readonly recipe: string;
  /** What it is compared with. */
  readonly baseline: string;
}

/**
 * Estimates the difference of two recipes from their runs with the same seeds.
 *
 * @param runs From {@linkcode readExperiment}.
 * @param of A number of a run; `null` or `undefined` if it has none.
 * @param compared The recipes.
 * @returns Mean difference with its interval; `null` without a common seed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { type ExperimentRun, seedGain } from "@nbn/toolkit/notebooks";
 *
 * const run = (recipe: string, all: number) => ({ recipe, seed: 0, summary: { all } }) as ExperimentRun;
 * const runs = [run("ce", 48), run("ce+lr", 50)];
 * const gain = seedGain(runs, ({ summary }) => summary.all, { recipe: "ce+lr", baseline: "ce" });
 * assertEquals(gain?.mean, 2);
 * ```
 */
export function seedGain(
  runs: readonly ExperimentRun[],
  of: (run: ExperimentRun) => number | null | undefined,
  { recipe, baseline }: Compared,
): Estimate | null {
  return pairedDifference(bySeed(runs, recipe, of), bySeed(runs, baseline, of));
}

/**
 * Tabulates by what factor methods change numbers of a run, for {@linkcode show}: geometric means of the ratios of runs
 * with the same seeds, with 95 % intervals.
 *
 * @param runs From {@linkcode readExperiment}.
 * @param comparisons Recipes, keyed by what they compare.
 * @param columns Positive numbers of a run, keyed by heading; others count as none.
 * @returns A row for each comparison that has a common seed.
 * @throws {TypeError} If a column is no function.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { type ExperimentRun, seedRatioRows } from "@nbn/toolkit/notebooks";
 *
 * const run = (recipe: string, stepMs: number) => ({ recipe, seed: 0, summary: { stepMs } }) as ExperimentRun;
 * const rows = seedRatioRows([run("ce", 20), run("paco", 60)], { PaCo: { recipe: "paco", baseline: "ce" } }, {
 *   "step": ({ summary }) => summary.stepMs,
 * });
 * assertEquals(rows, [{ comparison: "PaCo", seeds: 1, step: "× 3.00" }]);
 * ```
 */
export function seedRatioRows(
  runs: readonly ExperimentRun[],
  comparisons: Readonly<Record<string, Compared>>,
  columns: Readonly<Record<string, (run: ExperimentRun) => number | null | undefined>>,
): Readonly<Record<string, string | number>>[] {
  expectFunctions(columns);
  return Object.entries(comparisons).flatMap(([comparison, pair]) => {
    const changes = Object.entries(columns).map(([name, of]) => {
      const log = (run: ExperimentRun) => {
        const value = of(run);
        return value && value > 0 ? Math.log(value) : undefined;
      };
      return [name, seedGain(runs, log, pair)] as const;
    });
    const seeds = Math.max(...changes.map(([, change]) => change?.count ?? 0));
    if (seeds === 0) return [];
    const cells = changes.map(([name, change]) => [name, change ? factorText(change) : "–"]);
    return [{ comparison, seeds, ...Object.fromEntries(cells) }];
  });
}

/**
 * States a difference over seeds, and whether its interval excludes 0.
 *
 * @param what What has changed, for instance `Accuracy of NBN over CE`.
 * @param gain From {@linkcode seedGain}.
 * @param decimals Number of decimals.
 * @returns One or two sentences.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { estimateMean } from "@nbn/toolkit/metrics";
 * import { seedGainSentence } from "@nbn/toolkit/notebooks";
 *
 * assertEquals(
 *   seedGainSentence("NBN over CE", estimateMean([-2.2, -2, -1.8])).text,
 *   "NBN over CE: −2.0 [−2.5, −1.5] over 3 seeds: lower.",
 * );
 * ```
 */
export function seedGainSentence(what: string, gain: Estimate | null, decimals = 1): Prose {
  if (!gain) return prose`${what}: no runs with a common seed.`;
  const { mean, interval, count } = gain;
  if (!interval) {
    return prose`${what}: ${signed(mean, decimals)} with one seed, which decides nothing.`;
  }
  const [low, high] = interval;
  const verdict = low > 0
    ? "higher"
    : high < 0
    ? "lower"
    : "no difference that these seeds could show";
  return prose`${what}: ${signed(mean, decimals)} [${signed(low, decimals)}, ${
    signed(high, decimals)
  }] over ${count} seeds: ${verdict}.`;
}

/** Formats a difference of logarithms as a factor. */
function factorText({ mean, interval }: Estimate): string {
  const factor = (value: number) => fixed(Math.exp(value), 2).digits;
  return `× ${factor(mean)}` + (interval ? ` [${interval.map(factor).join(", ")}]` : "");
}

function expectFunctions(columns: Readonly<Record<string, unknown>>): void {
  for (const [name, of] of Object.entries(columns)) {
    if (typeof of === "function") continue;
    throw new TypeError(`Expected column ${name} to be a function of a run but found ${typeof of}`);
  }
}
