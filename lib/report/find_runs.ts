/**
 * Finding the run folders of a report.
 *
 * @module
 */
import { type Metrics, readMetrics } from "../analysis/read_metrics.ts";
import { DataError, UsageError } from "../core/errors.ts";
import { GROUP_THRESHOLDS, type GroupThresholds } from "../data/groups.ts";
import { expectClassifier } from "../runs/expect_classifier.ts";
import type { Summary } from "../runs/result.ts";
import { readConfig } from "../runs/run_folder.ts";
import { describeSettings } from "../settings/describe_settings.ts";

/** Information in a run folder that needs neither the network nor the data. */
export interface FoundRun {
  /** Its path. */
  readonly path: string;
  /** Its recipe, or `custom`. */
  readonly recipe: string;
  /** Its seed. */
  readonly seed: number;
  /** Number of steps, if it is recorded. */
  readonly iterations?: number;
  /** Batch size, if it is recorded. */
  readonly batch?: number;
  /** Precision of the steps, if it is recorded. */
  readonly precision?: string;
  /** Formatted settings that may distinguish it from other runs of its recipe. */
  readonly settings: Readonly<Record<string, string>>;
  /** Number of training images per class. */
  readonly counts: readonly number[];
  /** Thresholds of Tail, Medium and Head that it was evaluated with. */
  readonly groupThresholds: GroupThresholds;
  /** Versions that it was trained with. */
  readonly versions: Readonly<Record<string, string>>;
  /** Results; absent if the training is not finished. */
  readonly summary?: Summary;
  /** Training log; absent if there is none. */
  readonly metrics?: Metrics;
}

/**
 * Reads run folders, and folders containing run folders, as written by sweeps and trainings of several recipes.
 *
 * @param paths The folders to search.
 * @returns The runs, without duplicates.
 * @throws {UsageError} If a folder is neither, or its `config.json` is not that of a run.
 * @throws {DataError} If a file of a run is damaged.
 */
export async function findRuns(paths: readonly string[]): Promise<FoundRun[]> {
  if (paths.length === 0) throw new UsageError("Expected at least one run folder but found none");
  const runs = new Map<string, FoundRun>();
  for (const given of paths) {
    const path = given.replace(/(?<=.)\/+$/, "");
    const found = await isRun(path) ? [await open(path)] : await runsIn(path);
    for (const run of found) runs.set(run.path, run);
  }
  return [...runs.values()];
}

async function isRun(path: string): Promise<boolean> {
  return (await Deno.stat(`${path}/config.json`).catch(() => undefined))?.isFile ?? false;
}

async function runsIn(path: string): Promise<FoundRun[]> {
  const found = await Deno.stat(path).catch(() => undefined);
  if (!found) throw new UsageError(`Expected a run folder but found no ${path}`);
  const inside: string[] = [];
  if (found.isDirectory) {
    for await (const { name } of Deno.readDir(path)) {
      if (await isRun(`${path}/${name}`)) inside.push(`${path}/${name}`);
    }
  }
  if (inside.length > 0) {
    const runs = await Promise.all(inside.sort().map(open));
    // Sort baselines before the methods that extend them.
    const parts = ({ recipe }: FoundRun) => recipe.split("+").length;
    return runs.sort((a, b) => parts(a) - parts(b));
  }
  throw new UsageError(
    `Expected ${path} to be a run folder with its config.json, or to contain some, but found neither`,
  );
}

/** Settings that {@linkcode FoundRun} represents separately. */
const SEPARATE = [
  ...["recipe", "seed", "iterations", "epochs", "batch", "precision"] as const,
  ...["imbalance", "data", "root", "test", "split", "groups"] as const,
];

async function open(path: string): Promise<FoundRun> {
  const config = (await readConfig(`${path}/config.json`))!;
  expectClassifier(path, config.training);
  const { recipe, seed, counts, ...training } = config.training as Record<string, unknown>;
  if (typeof recipe !== "string" || !Number.isInteger(seed) || !Array.isArray(counts)) {
    throw new UsageError(
      `Expected ${path}/config.json to have a recipe, a seed and counts but found ` +
        `${JSON.stringify({ recipe, seed, counts })}: it is of another version, train it again`,
    );
  }
  const { iterations, batch, precision } = training as Pick<
    FoundRun,
    "iterations" | "batch" | "precision"
  >;
  const imbalance = imbalanceOf(training),
    groupThresholds = training.groups as GroupThresholds | undefined;
  return {
    path,
    recipe,
    seed: seed as number,
    iterations,
    batch,
    precision,
    settings: {
      imbalance: imbalance === undefined ? "" : imbalanceWord(imbalance),
      iterations: `${iterations} steps`,
      batch: `batch ${batch}`,
      precision: `${precision}`,
      ...describeSettings(config.settings ?? {}, SEPARATE),
    },
    counts,
    groupThresholds: groupThresholds ?? GROUP_THRESHOLDS,
    versions: config.versions ?? {},
    summary: await readSummary(`${path}/summary.json`),
    metrics: await Deno.stat(`${path}/metrics.csv`).then(() => readMetrics(path), () => undefined),
  };
}

/**
 * Returns the imbalance to which a run's training data was subsampled.
 *
 * @param training Training settings in its `config.json`.
 * @returns The imbalance, or `undefined` if the data was not subsampled.
 */
export function imbalanceOf(training: Readonly<Record<string, unknown>>): number | undefined {
  return (training.data as { imbalance?: number } | undefined)?.imbalance;
}

/**
 * Formats an imbalance for a run's name.
 *
 * @param imbalance Ratio of the largest to the smallest training count.
 * @returns For instance `imbalance 100`; `balanced` for 1.
 */
export function imbalanceWord(imbalance: number): string {
  return imbalance === 1 ? "balanced" : `imbalance ${imbalance}`;
}

async function readSummary(path: string): Promise<Summary | undefined> {
  const text = await Deno.readTextFile(path).catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const summary = JSON.parse(text) as Summary;
    if (Array.isArray(summary.perClass) && Array.isArray(summary.classNames)) return summary;
  } catch { /* reported below */ }
  throw new DataError(`Expected ${path} to be the summary of a run but found something else`);
}
