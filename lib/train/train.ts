/**
 * Training a network, from options to the result.
 *
 * @module
 */
import { freeTrees } from "../checkpoints/trees.ts";
import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { flatten } from "../core/tree.ts";
import type { Cluster } from "../engine/cluster/cluster.ts";
import { numbersOfAll } from "../engine/cluster/exchange.ts";
import { joinCluster } from "../engine/cluster/join.ts";
import { openTransport } from "../engine/cluster/open_transport.ts";
import { describeAllSkipped } from "../data/files/describe_skipped.ts";
import { loop } from "../loop/loop.ts";
import type { Observer } from "../loop/observer.ts";
import type { StartEvent } from "../loop/progress.ts";
import { networkOf } from "../loop/stages/network.ts";
import { resultOf, type TrainResult } from "../runs/result.ts";
import type { RunFolder } from "../runs/run_folder.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import { shakeHands } from "./handshake.ts";
import { EVALUATION_COLUMNS, evaluationRecord } from "./logs/evaluation_columns.ts";
import { type RunLogs, runLogs } from "./logs/run_logs.ts";
import { openTraining } from "./open_training.ts";
import { planOf, prepare, type ResolvedPlan } from "./plan.ts";
import { sharedStart } from "./shared_start.ts";
import { summarise } from "./summarise.ts";

/**
 * Trains a recipe, or a custom network, and evaluates it on the Head, Medium and Tail classes.
 *
 * With `out`, the run folder contains `config.json`, `metrics.csv`, TensorBoard events, checkpoints and `summary.json`.
 * With `resume`, an interrupted run resumes from its newest intact checkpoint; in float32 on the same machine the
 * result is bit-identical to an uninterrupted run.
 *
 * With `cluster`, several processes compute each step together: all call this function with the same options but for their
 * rank, and get the same result. The process of rank 0 alone reads and writes the run folder and reports progress.
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
 * @throws {PeerError} If another process of the cluster fails, does not come or has other options; none can train again,
 * so start all of them anew, with `resume`.
 *
 * @example Two steps of a small network
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "@nbn/toolkit/data";
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
 * import { builtin } from "@nbn/toolkit/data";
 * import { crossEntropy } from "@nbn/toolkit/losses";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 * import { constantSchedule, sgd } from "@nbn/toolkit/optim";
 * import { classBalancedSampler, instanceBalancedSampler } from "@nbn/toolkit/samplers";
 * import { reinitialise, type Stage, train } from "@nbn/toolkit/train";
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
  const { cluster: membership, peerTimeout: timeout } = options;
  if (!membership || membership.addresses.length === 1) return await trainWith(options);
  const cluster = await joinCluster(membership, { timeout });
  try {
    const result = await trainWith(options, cluster);
    // No process ends while others still wait for its last values; those that are late have all they need.
    await numbersOfAll(cluster, new Int32Array(1)).catch(() => {});
    return result;
  } catch (error) {
    const explained = await cluster.explained(error);
    cluster.leave(explained);
    throw explained;
  }
}

/** Trains, in a cluster together with other processes. */
async function trainWith(options: TrainOptions, cluster?: Cluster): Promise<TrainResult> {
  const isFirst = !cluster || cluster.rank === 0;
  const { onProgress = () => {}, signal, out = null } = options;
  const emit: Observer["emit"] = isFirst ? onProgress : () => {};
  const preparation = await prepare(options, cluster);
  const planned = planOf(options, preparation);
  if (cluster) await shakeHands(cluster, planned);
  const connected = cluster && await openTransport(cluster);
  const plan = { ...planned, cluster: connected?.cluster };
  const opened = isFirst ? await openTraining(plan, options, preparation) : undefined;
  const { folder, digest = "" } = opened ?? {};
  await using _lock = folder;
  const start = cluster ? await sharedStart(cluster, opened?.start) : opened!.start;
  const logs = folder && runLogs(folder.path, start.step, EVALUATION_COLUMNS);
  try {
    emit({ ...startEvent(plan, start), weights: start.summary, transport: connected?.about });
    const { state, isComplete } = await loop(
      plan,
      start,
      observer(emit, digest, folder, logs),
      signal,
    );
    freeTrees(state);
    const summary = summarise(plan, state, out);
    if (isComplete) await folder?.summarise(summary);
    return resultOf(summary);
  } finally {
    await logs?.close();
  }
}

/** Writes what the loop reports to the run folder, if there is one. */
function observer(
  emit: Observer["emit"],
  digest: string,
  folder?: RunFolder,
  logs?: RunLogs,
): Observer {
  return {
    emit(event) {
      if (event.kind === "evaluation") logs?.evaluation(evaluationRecord(event));
      emit(event);
    },
    log: async (step, report, rate, stage) => await logs?.step(step, report, rate, stage),
    async save(checkpoint) {
      // A resumed run keeps the rows up to its checkpoint, so they have to be on disk before it is saved.
      await logs?.flush();
      return await folder?.save({ ...checkpoint, training: digest });
    },
    keepBest: async (checkpoint) => await folder?.keepBest({ ...checkpoint, training: digest }),
  };
}

function startEvent(plan: ResolvedPlan, { params, step, stage = 0 }: Checkpoint): StartEvent {
  const { train, test } = plan.data;
  const selects = plan.keepBest || plan.earlyStop !== undefined;
  const { validation } = plan;
  return {
    kind: "start",
    recipe: plan.recipe,
    dataset: train.name,
    network: networkOf(plan, stage).name,
    parameters: flatten(params).reduce((sum, [, { size }]) => sum + size, 0),
    step,
    iterations: plan.iterations,
    batch: plan.batch * plan.accumulate,
    backend: plan.engine.backend,
    precision: plan.precision,
    precisionReason: plan.precisionReason,
    skippedImages: plan.skippedImages,
    selectedOn: selects
      ? { name: (validation ?? test).name, isOther: validation !== undefined }
      : undefined,
    skippedFiles: describeAllSkipped([train, test]),
    warnings: plan.data.warnings,
  };
}
