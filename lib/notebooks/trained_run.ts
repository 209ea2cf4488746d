/**
 * Runs that notebooks share.
 *
 * @module
 */
import { readMetrics } from "../analysis/read_metrics.ts";
import { finalCurves, liveTraining } from "../plots/live_training.ts";
import { show } from "../plots/show.ts";
import { type OpenedRun, openRun } from "../train/open_run.ts";
import type { TrainOptions } from "../train/options.ts";
import { train } from "../train/train.ts";

/** Options of {@linkcode trainedRun}: those of `train`, with a recipe and a number of steps. */
export interface TrainedRunOptions
  extends Omit<TrainOptions, "out" | "resume" | "onProgress" | "signal"> {
  /** Name of a recipe. */
  readonly recipe: string;
  /** Number of steps. */
  readonly iterations: number;
  /**
   * Folder of all such runs.
   *
   * @default {what NBN_NOTEBOOK_RUNS names, else "../runs/notebooks"}
   */
  readonly runs?: string;
}

/**
 * Trains a network with its curves on show, or opens it where an earlier call, of this notebook or another one, has
 * trained it. A training that was stopped goes on.
 *
 * @param name Name for the curves and the folder; it has to tell apart what differs in data or network.
 * @param options Recipe, steps, and whatever else `train` takes.
 * @returns The run, opened, and its folder. Its tensors are freed by `dispose`.
 * @throws {CheckpointError} If the folder's run does not fit data and network.
 * @throws {UsageError} If it was trained with other settings.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const runs = await Deno.makeTempDir();
 * const options = { recipe: "builtin/ce", iterations: 1, batch: 4, runs };
 * const first = await trainedRun("ce", options);
 * const again = await trainedRun("ce", options); // trains nothing
 * assertEquals([again.step, again.folder], [1, first.folder]);
 * first.dispose();
 * again.dispose();
 * await Deno.remove(runs, { recursive: true });
 * ```
 */
export async function trainedRun(
  name: string,
  { runs = Deno.env.get("NBN_NOTEBOOK_RUNS") ?? "../runs/notebooks", ...options }:
    TrainedRunOptions,
): Promise<OpenedRun & { readonly folder: string }> {
  const { iterations, seed = 0, data, network } = options;
  const folder = `${runs}/${name.replaceAll(/[^\w+.-]+/g, "-")}-${iterations}-steps-seed-${seed}`;
  if (await exists(`${folder}/summary.json`)) {
    await show(await finalCurves(name, await readMetrics(folder)));
  } else {
    const live = liveTraining({ title: name });
    await train({ ...options, out: folder, resume: true, onProgress: live.onProgress });
    await live.finish();
  }
  const split = data && "train" in data ? data : undefined;
  return { ...await openRun(folder, { data: split, network }), folder };
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
