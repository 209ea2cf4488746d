/**
 * Training a network, from options to the result.
 *
 * @module
 */
import { disposeTree, flatten } from "../core/tree.ts";
import { describeAllSkipped } from "../data/files/describe_skipped.ts";
import { type Engine, engine } from "../engine/engine.ts";
import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { describe, requestedSettings } from "./describe.ts";
import { expectedOf } from "../checkpoints/expected.ts";
import { initLoss } from "../loop/init_loss.ts";
import { runLogs } from "../runs/run_logs.ts";
import { expectLengthens, shorterPlan } from "./lengthen.ts";
import { loop } from "../loop/loop.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import { planOf, prepare, type ResolvedPlan } from "./plan.ts";
import { resolvePrecision } from "../engine/precision.ts";
import type { StartEvent, TrainEvent } from "../loop/progress.ts";
import { resultOf, type TrainResult } from "../runs/result.ts";
import { hasCheckpoint, openRunFolder } from "../runs/run_folder.ts";
import { expectSameTree } from "../checkpoints/same_tree.ts";
import { networkOf } from "../loop/stages/network.ts";
import { start } from "./start.ts";
import { summarise } from "./summarise.ts";

/**
 * Trains a recipe, or a custom network, and evaluates it on the Head, Medium and Tail classes.
 *
 * With `out`, the run folder contains `config.json`, `metrics.csv`, TensorBoard events, checkpoints and `summary.json`.
 * With `resume`, an interrupted run resumes from its newest intact checkpoint; in float32 on the same machine the
 * result is bit-identical to an uninterrupted run.
 *
 * @param options Recipe or custom parts, iterations, batch size, precision, seed, folder.
 * @returns The result: accuracies in percent, loss, speed.
 * @throws {UsageError} If the recipe is unknown, or the folder contains another run.
 * @throws {BusyError} If another process trains in the folder.
 * @throws {TypeError} If neither a recipe nor data, network and loss are given.
 * @throws {RangeError} If a number is out of range.
 * @throws {DataError} If the data cannot be read.
 * @throws {CheckpointError} If the folder cannot be written to, or its checkpoint does not match the training.
 * @throws {DivergedError} If the loss becomes NaN or infinite; the last good checkpoint is kept.
 *
 * @example Two steps of a small network
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "../data/mod.ts";
 *
 * const { train: images } = builtin();
 * const data = { train: images, test: { ...images, labels: images.labels.slice(0, 20) } };
 * const { iterations, seed } = await train({ recipe: "builtin/ce+nbn+lr", data, iterations: 2, batch: 8 });
 * assertEquals([iterations, seed], [2, 0]);
 * ```
 *
 * @example A custom second stage: a new classifier on the frozen network, trained with class-balanced sampling
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "../data/mod.ts";
 * import { crossEntropy } from "../losses/mod.ts";
 * import { resnetCifar } from "../nn/mod.ts";
 * import { classBalancedSampler, instanceBalancedSampler } from "../samplers/mod.ts";
 * import { sgd } from "../optim/optimizer.ts";
 * import { constantSchedule } from "../optim/schedule.ts";
 * import { reinitialise } from "../loop/stages/classifier.ts";
 * import type { Stage } from "../loop/stages/stage.ts";
 *
 * const first: Stage = {
 *   name: "features",
 *   iterations: 2,
 *   loss: crossEntropy(),
 *   sampler: instanceBalancedSampler,
 *   augment: [{ name: "flip" }],
 *   schedule: constantSchedule(0.1),
 *   optimizer: sgd(),
 * };
 * const second: Stage = {
 *   ...first,
 *   name: "classifier",
 *   iterations: 1,
 *   sampler: classBalancedSampler,
 *   trains: ["head"],
 *   begin: reinitialise(["head"]),
 * };
 * const { iterations } = await train({
 *   data: builtin({ max: 8, imbalance: 2, testImages: 1 }),
 *   network: resnetCifar({ depth: 8, width: 0.25, classes: 10 }),
 *   stages: [first, second],
 *   batch: 4,
 * });
 * assertEquals(iterations, 3);
 * ```
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const running = await engine();
  const preparation = await prepare(options);
  const wished = planOf(options, preparation);
  const { precision, precisionReason } = resolvePrecision(
    wished.precision,
    running,
    options.forcePrecision,
  );
  const plan = { ...wished, precision };
  const { onProgress: tell = () => {}, signal, resume = false, out, keep = 2 } = options;
  const config = { ...describe(plan, running), ...requestedSettings(options, plan) };
  const shorter = out !== undefined && resume
    ? await shorterPlan(out, options, preparation, plan)
    : undefined;
  // Initialised before anything is written, but not when resuming, since the weights file may no longer exist then.
  const fresh = resume && out !== undefined && await hasCheckpoint(out)
    ? undefined
    : await start(plan);
  await using folder = out === undefined ? undefined : await openRunFolder(
    out,
    shorter ? { ...config, training: describe(shorter, running).training } : config,
    { resume, keep },
  ).catch((error) => {
    if (fresh) free(fresh);
    throw error;
  });
  const { shape } = plan.data.train;
  const expected = (stage: number) => expectedOf(networkOf(plan, stage), shape);
  const found = resume ? await folder?.latest(expected) : undefined;
  if (found) {
    if (fresh) free(fresh);
    expectLoss(plan, found, folder!.path);
  }
  const from = found ?? fresh ?? await start(plan);
  if (shorter) {
    try {
      expectLengthens(from, shorter, plan);
    } catch (error) {
      free(from);
      throw error;
    }
    await folder!.lengthen(config);
  }
  const logs = folder && runLogs(folder.path, from.step);
  try {
    const weights = found ? undefined : fresh?.summary;
    tell({ ...started(plan, from, running), weights, precisionReason });
    const outcome = await loop(plan, from, {
      tell(event: TrainEvent) {
        if (event.kind === "evaluation") logs?.evaluation(event);
        tell(event);
      },
      log: async (step, report, rate, stage) => await logs?.step(step, report, rate, stage),
      async save(checkpoint) {
        // A resumed run keeps the rows up to its checkpoint, so they have to be on disk before it is saved.
        await logs?.flush();
        return await folder?.save(checkpoint);
      },
      keepBest: async (checkpoint) => await folder?.keepBest(checkpoint),
    }, signal);
    free(outcome.training);
    const summary = summarise(plan, outcome, running, options.out ?? null);
    if (outcome.complete) await folder?.summarise(summary);
    return resultOf(summary);
  } finally {
    await logs?.close();
  }
}

function free(
  { params, state, optimizer, loss = {}, memory = {} }: Pick<
    Checkpoint,
    "params" | "state" | "optimizer" | "loss" | "memory"
  >,
) {
  for (const tree of [params, state, optimizer, loss, memory]) disposeTree(tree);
}

/** Checks that a checkpoint contains the state of its stage's loss. */
function expectLoss(plan: ResolvedPlan, found: Checkpoint, path: string): void {
  const { batch, data } = plan, number = found.stage ?? 0, stage = plan.stages[number];
  const model = { network: networkOf(plan, number), params: found.params, state: found.state };
  const fresh = initLoss(stage.loss, model, { batch, shape: data.train.shape });
  try {
    expectSameTree(path, "state of the loss", found.loss ?? {}, fresh);
  } catch (error) {
    free(found);
    throw error;
  } finally {
    disposeTree(fresh);
  }
}

function started(plan: ResolvedPlan, from: Checkpoint, { backend }: Engine): StartEvent {
  const { params, step, stage = 0 } = from;
  return {
    kind: "start",
    recipe: plan.recipe,
    dataset: plan.data.train.name,
    network: networkOf(plan, stage).name,
    parameters: flatten(params).reduce((sum, [, { size }]) => sum + size, 0),
    step,
    iterations: plan.iterations,
    batch: plan.batch * plan.accumulate,
    backend,
    precision: plan.precision,
    leftOut: plan.leftOut,
    choosesOn: plan.keepBest || plan.earlyStop !== undefined
      ? { name: (plan.validation ?? plan.data.test).name, isOther: plan.validation !== undefined }
      : undefined,
    notRead: describeAllSkipped([plan.data.train, plan.data.test]),
    warnings: plan.data.warnings,
  };
}
