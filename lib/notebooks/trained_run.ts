/**
 * Training runs shared by notebooks.
 *
 * @module
 */
import { listNorms } from "../analysis/list_norms.ts";
import { readMetrics } from "../analysis/read_metrics.ts";
import { exists } from "../core/exists.ts";
import { disposeTree, flatten } from "../core/tree.ts";
import { sha256 } from "../data/digest.ts";
import { finalCurves, liveTraining } from "../plots/live_training.ts";
import { fixed, prose } from "../plots/prose.ts";
import { show } from "../plots/show.ts";
import { evaluate } from "../inference/evaluate.ts";
import { type OpenedRun, openRun } from "../runs/open_run.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import { makePlan, type ResolvedPlan } from "../train/plan.ts";
import { readConfig } from "../runs/run_folder.ts";
import { expectSameTraining, identityOf, type TrainingDescription } from "../runs/same_training.ts";
import { describe } from "../train/describe_training.ts";
import { train } from "../train/train.ts";

/** Options of {@linkcode trainedRun}: those of `train`, with a recipe and a number of steps. */
export interface TrainedRunOptions
  extends Omit<TrainOptions, "out" | "resume" | "onProgress" | "signal"> {
  /** Name of a recipe. */
  readonly recipe: string;
  /** Number of steps. */
  readonly iterations: number;
  /**
   * Parent folder of the run folders.
   *
   * @default {the environment variable NBN_NOTEBOOK_RUNS, or else "../runs/notebooks"}
   */
  readonly runs?: string;
}

/** A run trained or opened by {@linkcode trainedRun}. */
export interface TrainedRun extends OpenedRun {
  /** Its folder. */
  readonly folder: string;
}

/**
 * Trains a network while displaying its curves, or opens the run if an earlier call, in this or another notebook, has
 * already trained it. An interrupted training is resumed.
 *
 * Interrupting the kernel (■) stops the training after the current step without ending the kernel. The partially
 * trained network is saved, evaluated and returned, with a message, and the same call resumes the training. While no
 * training is running, an interrupt ends the kernel as usual.
 *
 * Runs are identified by the content of `config.json` (recipe, batch size, learning rates, …), the content of the
 * data, the parameter shapes and norm kinds of a custom network, and the function names of a custom sampler and loss.
 * If any of these changes, a new network is trained in a new folder.
 *
 * @param name Title of the curves and prefix of the folder name.
 * @param options Recipe, steps, and further options of `train`.
 * @returns The opened run and its folder; `step` is the number of steps trained. Call `dispose` to free its tensors.
 * @throws {CheckpointError} If the run in the folder does not match the data or the network.
 * @throws {UsageError} If the folder contains a run with other settings, for instance after manual changes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { trainedRun } from "@nbn/toolkit/notebooks";
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
      run the cell again to resume.`);
    return run;
  } catch (error) {
    run?.dispose();
    throw error;
  } finally {
    await live.finish();
  }
}

/** Checks whether a training is finished. */
async function isFinished(folder: string): Promise<boolean> {
  return await exists(`${folder}/summary.json`);
}

/**
 * Returns the settings that the run's `config.json` will contain, and a checksum of them and of the inputs that it
 * cannot contain.
 */
async function settings(
  options: TrainOptions,
): Promise<{ training: TrainingDescription; mark: string }> {
  const plan = await makePlan(options);
  // A JSON round trip drops undefined values, as writing the file does.
  const training = JSON.parse(JSON.stringify(describe(plan).training));
  const recorded = [
    identityOf(training),
    options.sampler?.name,
    functionName(options.loss),
  ];
  const text = JSON.stringify([...recorded, options.network && structure(plan)]);
  return { training, mark: sha256(text).slice(0, 8) };
}

function functionName(loss: TrainOptions["loss"]): string | undefined {
  return typeof loss === "function" ? loss.name : undefined;
}

/** Returns parameter shapes and norm kinds, which distinguish networks of the same name. */
function structure({ network, data }: ResolvedPlan): unknown {
  const { shape } = data.train;
  const { params, state } = network.init(0, shape);
  const norms = listNorms({ network, params, state }, shape).map(({ kind }) => kind);
  const shapes = flatten(params).map(([path, { shape }]) => [path, shape]);
  for (const tree of [params, state]) disposeTree(tree);
  return { shapes, norms };
}
