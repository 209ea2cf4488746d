/**
 * Runs that notebooks share.
 *
 * @module
 */
import { listNorms } from "../analysis/list_norms.ts";
import { readMetrics } from "../analysis/read_metrics.ts";
import { exists } from "../core/exists.ts";
import { disposeTree, flatten } from "../core/tree.ts";
import { sha256, splitDigest } from "../data/digest.ts";
import { engine } from "../engine/engine.ts";
import { finalCurves, liveTraining } from "../plots/live_training.ts";
import { fixed, prose } from "../plots/prose.ts";
import { show } from "../plots/show.ts";
import { evaluate } from "../train/evaluate.ts";
import { type OpenedRun, openRun } from "../train/open_run.ts";
import type { TrainOptions } from "../train/options.ts";
import { makePlan, type Plan } from "../train/plan.ts";
import { usedPrecision } from "../train/precision.ts";
import { type Config, expectSameTraining, readConfig } from "../train/run_folder.ts";
import { describe } from "../train/describe.ts";
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

/** A run that {@linkcode trainedRun} has trained or found. */
export interface TrainedRun extends OpenedRun {
  /** Its folder. */
  readonly folder: string;
}

/**
 * Trains a network with its curves on show, or opens it where an earlier call, of this notebook or another one, has
 * trained it. A training that was stopped goes on.
 *
 * Interrupting the kernel (■) stops the training after the running step; the kernel lives. What has been trained is
 * kept, evaluated and returned, with a line that says so, and the same call goes on from there. While nothing is
 * trained, an interrupt ends the kernel, as it always does.
 *
 * Runs are told apart by all that `config.json` holds (recipe, batch, rates, …), by the checksum of the data, the
 * parameters and norms of a network of one's own and the names of a sampler's and a loss's function: with anything else
 * changed, a network is trained anew, in a folder of its own.
 *
 * @param name Name for the curves and the folder.
 * @param options Recipe, steps, and whatever else `train` takes.
 * @returns The run, opened, and its folder; `step` tells how far it came. Its tensors are freed by `dispose`.
 * @throws {CheckpointError} If the folder's run does not fit data and network.
 * @throws {UsageError} If the folder holds a run with other settings, which someone has put there.
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
): Promise<TrainedRun> {
  const { iterations, seed = 0, data, network } = options;
  const { training, mark } = await settings(options);
  const slug = name.replaceAll(/[^\w+.-]+/g, "-");
  const folder = `${runs}/${slug}-${iterations}-steps-seed-${seed}-${mark}`;
  const split = data && "train" in data ? data : undefined;
  const open = async () => ({ ...await openRun(folder, { data: split, network }), folder });
  if (await isFinished(folder)) {
    const earlier = await readConfig(`${folder}/config.json`);
    expectSameTraining(folder, earlier?.training ?? {}, training);
    await show(await finalCurves(name, await readMetrics(folder)));
    return await open();
  }
  const logged = await exists(`${folder}/metrics.csv`);
  const live = liveTraining({
    title: name,
    earlier: logged ? await readMetrics(folder) : undefined,
  });
  let run;
  try {
    const { onProgress, signal } = live;
    await train({ ...options, out: folder, resume: true, onProgress, signal });
    run = await open();
    if (await isFinished(folder)) return run;
    const { all } = await evaluate(run, run.data.test, { counts: run.counts });
    const of = String(training.iterations);
    await show(prose`${name}: stopped at step ${run.step} of ${of}, accuracy ${fixed(all)} %;
      run the cell again to go on.`);
    return run;
  } catch (error) {
    run?.dispose();
    throw error;
  } finally {
    await live.finish();
  }
}

/** Whether a training has come to its end. */
async function isFinished(folder: string): Promise<boolean> {
  return await exists(`${folder}/summary.json`);
}

/** What the run's `config.json` will say, and a mark of that and of what it cannot say. */
async function settings(
  options: TrainOptions,
): Promise<{ training: Config["training"]; mark: string }> {
  const running = await engine();
  const wished = await makePlan(options);
  const { precision } = usedPrecision(wished.precision, running, options.forcePrecision);
  const plan = { ...wished, precision };
  // As the file has it: without what is undefined.
  const training = JSON.parse(JSON.stringify(describe(plan, running).training));
  const told = [
    training,
    splitDigest(plan.data),
    options.sampler?.name,
    functionName(options.loss),
  ];
  const text = JSON.stringify([...told, options.network && structure(plan)]);
  return { training, mark: sha256(text).slice(0, 8) };
}

function functionName(loss: TrainOptions["loss"]): string | undefined {
  return typeof loss === "function" ? loss.name : undefined;
}

/** Shapes of the parameters and kinds of the norms, by which networks of the same name differ. */
function structure({ network, data }: Plan): unknown {
  const { shape } = data.train;
  const { params, state } = network.init(0, shape);
  const norms = listNorms({ network, params, state }, shape).map(({ kind }) => kind);
  const shapes = flatten(params).map(([path, { shape }]) => [path, shape]);
  for (const tree of [params, state]) disposeTree(tree);
  return { shapes, norms };
}
