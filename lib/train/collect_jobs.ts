/**
 * The finished trainings in the folder of a sweep, of classifiers or detectors.
 *
 * @module
 */
import { InputError, UsageError } from "../core/errors.ts";
import { readConfig } from "../runs/run_folder.ts";
import { contentOf } from "../runs/same_training.ts";
import { describeSettings } from "../settings/describe_settings.ts";
import type { SettingName } from "../settings/table.ts";
import { type SweepJob, sweepJobs } from "./sweep_jobs.ts";

/** What every result of a sweep tells. */
export interface SweepResult {
  /** Name of the recipe. */
  readonly recipe: string;
  /** Seed. */
  readonly seed: number;
  /** Run folder. */
  readonly out: string | null;
}

/** Options of {@linkcode collectJobs}. */
export interface CollectJobsOptions<Result> {
  /** Folder of the runs. */
  readonly out: string;
  /** Names of the recipes; by default those found in the folder. */
  readonly recipes?: readonly string[];
  /** Seeds; by default those found in the folder. */
  readonly seeds?: readonly number[];
  /** Reads a result from the content of `summary.json`; `undefined` skips a run of another kind. */
  resultOf(summary: unknown): Result | undefined;
}

/** Results of a sweep, with the trainings that are still missing. */
export interface CollectedJobs<Result> {
  /** Names of the recipes. */
  readonly names: readonly string[];
  /** Results in the order of the sweep. */
  readonly results: readonly Result[];
  /** Trainings that have not finished. */
  readonly missing: readonly SweepJob[];
}

/**
 * Collects the finished trainings of a sweep.
 *
 * @param options Folder, recipes, seeds, form of the results.
 * @returns Results, and the missing trainings.
 * @throws {UsageError} If the folder holds no finished run, or runs of different settings.
 */
export async function collectJobs<Result extends SweepResult>(
  { out, recipes, seeds, resultOf }: CollectJobsOptions<Result>,
): Promise<CollectedJobs<Result>> {
  const found = await finishedRuns(out, resultOf);
  if (found.length === 0) {
    throw new UsageError(`Expected finished runs in ${out} but found none: sweep first`);
  }
  const each = <T>(values: readonly T[]) => [...new Set(values)];
  const names = recipes ?? each(found.map(({ result }) => result.recipe)).sort();
  const numbers = seeds ?? each(found.map(({ result }) => result.seed)).sort((a, b) => a - b);
  const jobs = sweepJobs(names, numbers);
  const of = ({ recipe, seed }: SweepJob) =>
    found.find(({ result }) => result.recipe === recipe && result.seed === seed);
  const runs = jobs.map(of).filter((run) => run !== undefined);
  expectSameSettings(out, runs);
  return {
    names,
    results: runs.map(({ result }) => result),
    missing: jobs.filter((job) => of(job) === undefined),
  };
}

/** A finished run. */
interface FinishedRun<Result> {
  readonly result: Result;
  /** Its settings other than recipe and seed, as text. */
  readonly words: Readonly<Record<string, string>>;
  /** Digest of the test set; missing in runs of earlier versions. */
  readonly test?: string;
}

/** Settings that may differ between runs on the same images. */
const PLACES: readonly string[] = ["data", "root", "test"] satisfies SettingName[];

/** Finds the finished runs in a folder. */
async function finishedRuns<Result>(
  out: string,
  resultOf: (summary: unknown) => Result | undefined,
): Promise<FinishedRun<Result>[]> {
  const runs: FinishedRun<Result>[] = [];
  try {
    for await (const { name } of Deno.readDir(out)) {
      const text = await Deno.readTextFile(`${out}/${name}/summary.json`).catch(() => undefined);
      const result = text === undefined ? undefined : resultOf(JSON.parse(text));
      if (result === undefined) continue;
      const { settings = {}, training = {} } = await readConfig(`${out}/${name}/config.json`) ?? {};
      const words = describeSettings(settings, ["recipe", "seed"]);
      runs.push({ result, words, test: contentOf(training)?.test });
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new UsageError(
      `Expected the folder of a sweep at ${out} but could not read it: ${(error as Error).message}`,
      { cause: error },
    );
  }
  return runs;
}

/** Throws if runs of the same recipe have different settings, since their mean would be meaningless. */
function expectSameSettings<Result extends SweepResult>(
  out: string,
  runs: readonly FinishedRun<Result>[],
): void {
  for (const { result, words, test } of runs) {
    const first = runs.find((run) => run.result.recipe === result.recipe)!;
    // Training sets may be drawn by the seed, so test sets tell whether the images are the same.
    const isSameData = test !== undefined && test === first.test;
    const names = [...new Set([...Object.keys(first.words), ...Object.keys(words)])];
    const name = names.find((name) =>
      first.words[name] !== words[name] && !(isSameData && PLACES.includes(name))
    );
    if (name === undefined) continue;
    const [one, other] = [first.words, words].map((own) => own[name] ?? `no ${name}`);
    throw new UsageError(
      `Expected the runs of ${result.recipe} in ${out} to have the same settings but found ${one} in ` +
        `${first.result.out} and ${other} in ${result.out}: name recipes and seeds that have`,
    );
  }
}
