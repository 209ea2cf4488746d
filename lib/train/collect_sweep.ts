/**
 * Collecting the results of a sweep that several processes have trained.
 *
 * @module
 */
import type { TrainResult } from "../runs/result.ts";
import { CLASSIFIER_SWEEP, type SweepRow } from "./sweep.ts";
import { type CollectedSweepOf, collectedSweepOf } from "./sweep_kind.ts";

/** Results of a sweep, with the trainings that are still missing. */
export type CollectedSweep = CollectedSweepOf<SweepRow, TrainResult>;

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
export async function collectSweep(options: CollectSweepOptions): Promise<CollectedSweep> {
  return await collectedSweepOf(CLASSIFIER_SWEEP, options);
}
