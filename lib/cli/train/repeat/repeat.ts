/**
 * Training a run again and comparing.
 *
 * @module
 */
import { CheckpointError, UsageError } from "../../../core/errors.ts";
import { checkpointsIn, readConfig } from "../../../runs/run_folder.ts";
import { expectSameTraining } from "../../../runs/same_training.ts";
import type { TrainOptions } from "../../../settings/train_options.ts";
import { train } from "../../../train/train.ts";
import { compareRuns, type Comparison } from "./compare_runs.ts";

/**
 * Does a run again, up to the step of its newest checkpoint, and compares.
 *
 * @param run Folder of the run.
 * @param out Folder of the repetition, empty or missing.
 * @param options Settings of the run, callback, signal.
 * @returns What differs, or `undefined` if the repetition was interrupted.
 * @throws {CheckpointError} If the run has no checkpoint.
 * @throws {UsageError} If the options are not those of the run, or `out` holds a run.
 */
export async function repeatRun(
  run: string,
  out: string,
  options: TrainOptions,
): Promise<Comparison | undefined> {
  const earlier = await readConfig(`${run}/config.json`);
  const newest = earlier && checkpointsIn(run).at(-1);
  if (!newest) {
    throw new CheckpointError(
      `Expected ${run} to hold a run with a checkpoint to compare with but found none`,
    );
  }
  const step = Number(/\d+/.exec(newest)![0]);
  if (step === 0) throw new UsageError(`Expected ${run} to be trained but found step 0`);
  const { signal, onProgress } = options, reached = new AbortController();
  await train({
    ...options,
    checkpointEvery: step,
    out,
    resume: false,
    signal: signal ? AbortSignal.any([signal, reached.signal]) : reached.signal,
    onProgress(event) {
      if (event.kind === "start") {
        const { training } = JSON.parse(Deno.readTextFileSync(`${out}/config.json`));
        expectSameTraining(run, earlier.training, training);
      }
      if (event.kind === "checkpoint" && event.step === step) reached.abort();
      onProgress?.(event);
    },
  });
  // Both may be aborted; that the checkpoint is there decides.
  if (signal?.aborted && !checkpointsIn(out).includes(newest)) return undefined;
  return await compareRuns(run, out, step);
}

/**
 * Describes a comparison.
 *
 * @param comparison From {@linkcode repeatRun}.
 * @returns Lines.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(comparisonLines({ steps: 10, tensors: 4, different: 0 }), [
 *   "equal bit for bit: 10 steps of metrics.csv and 4 tensors of the checkpoint",
 * ]);
 * ```
 */
export function comparisonLines(
  { steps, first, tensors, different, largest }: Comparison,
): string[] {
  if (!first && different === 0) {
    return [
      `equal bit for bit: ${steps} steps of metrics.csv and ${tensors} tensors of the checkpoint`,
    ];
  }
  const values = ({ where, before, after }: NonNullable<typeof largest>) =>
    `${where}: ${before} became ${after}, a difference of ${
      Math.abs(after - before).toPrecision(3)
    }`;
  return [
    first
      ? `the first difference in metrics.csv is at step ${first.step}, ${values(first)}`
      : `${steps} steps of metrics.csv are equal`,
    largest
      ? `${different} of ${tensors} tensors differ, most in ${values(largest)}`
      : `${tensors} tensors of the checkpoint are equal`,
  ];
}
