/**
 * Collecting the results of a sweep that several processes have trained.
 *
 * @module
 */
import { InputError, UsageError } from "../core/errors.ts";
import { resultOf, type TrainResult } from "../runs/result.ts";
import { readConfig } from "../runs/run_folder.ts";
import { describeSettings } from "../settings/describe_settings.ts";
import { rowsOf, type Sweep, type SweepJob, sweepJobs, table } from "./sweep.ts";
import { writeAtomically } from "../core/write_atomically.ts";

/** Results of a sweep, with the trainings that are still missing. */
export interface CollectedSweep extends Sweep {
  /** Trainings that have not finished. */
  readonly missing: readonly SweepJob[];
}

/** Options of {@linkcode collectSweep}. */
export interface CollectSweepOptions {
  /** Folder of the runs. */
  readonly out: string;
  /** Names of the recipes; by default those found in the folder. */
  readonly recipes?: readonly string[];
  /** Seeds; by default those found in the folder. */
  readonly seeds?: readonly number[];
}

/**
 * Collects the finished trainings of a sweep and writes `sweep.csv`, without training anything.
 *
 * @param options Folder, recipes, seeds.
 * @returns Mean and standard deviation of each recipe, and the missing trainings.
 * @throws {UsageError} If the folder holds no finished run, or runs of different settings.
 * @throws {CheckpointError} If the folder cannot be written to.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { collectSweep, sweep } from "@nbn/toolkit/train";
 *
 * const out = await Deno.makeTempDir();
 * const own = { recipes: ["builtin/ce"], seeds: [0, 1], out, iterations: 1, batch: 4 };
 * await sweep({ ...own, task: { id: 1, count: 2 } });
 * const { results, missing } = await collectSweep(own);
 * assertEquals([results[0].seed, missing[0].seed], [1, 0]);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function collectSweep(
  { out, recipes, seeds }: CollectSweepOptions,
): Promise<CollectedSweep> {
  const found = await finishedRuns(out);
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
  const results = runs.map(({ result }) => result);
  await writeAtomically(`${out}/sweep.csv`, await table(results));
  return {
    rows: rowsOf(names, results),
    results,
    missing: jobs.filter((job) => of(job) === undefined),
  };
}

/** A finished run. */
interface FinishedRun {
  readonly result: TrainResult;
  /** Its settings other than recipe and seed, as text. */
  readonly words: Readonly<Record<string, string>>;
}

/** Finds the finished runs in a folder. */
async function finishedRuns(out: string): Promise<FinishedRun[]> {
  const runs: FinishedRun[] = [];
  try {
    for await (const { name } of Deno.readDir(out)) {
      const text = await Deno.readTextFile(`${out}/${name}/summary.json`).catch(() => undefined);
      if (text === undefined) continue;
      const { settings = {} } = await readConfig(`${out}/${name}/config.json`) ?? {};
      const words = describeSettings(settings, ["recipe", "seed"]);
      runs.push({ result: resultOf(JSON.parse(text)), words });
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
function expectSameSettings(out: string, runs: readonly FinishedRun[]): void {
  for (const { result, words } of runs) {
    const first = runs.find((run) => run.result.recipe === result.recipe)!;
    const names = [...new Set([...Object.keys(first.words), ...Object.keys(words)])];
    const name = names.find((name) => first.words[name] !== words[name]);
    if (name === undefined) continue;
    const [one, other] = [first.words, words].map((own) => own[name] ?? `no ${name}`);
    throw new UsageError(
      `Expected the runs of ${result.recipe} in ${out} to have the same settings but found ${one} in ` +
        `${first.result.out} and ${other} in ${result.out}: name recipes and seeds that have`,
    );
  }
}
