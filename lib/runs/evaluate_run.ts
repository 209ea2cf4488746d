/**
 * Evaluating a checkpoint of a run.
 *
 * @module
 */
import { classCounts, type EvaluationSet } from "../data/dataset.ts";
import type { GroupThresholds } from "../data/groups.ts";
import { evaluate } from "../inference/evaluate.ts";
import type { Evaluation } from "../inference/evaluate.ts";
import type { Cluster } from "../engine/cluster/cluster.ts";
import type { Precision } from "../engine/precision.ts";
import { together, type TogetherOptions } from "../engine/cluster/together.ts";
import { expectSameWork } from "./expect_same_work.ts";
import { openRun, type OpenRunOptions } from "./open_run.ts";

/** Options of {@linkcode evaluateRun}; defaults come from the run's `config.json`. */
export interface EvaluateRunOptions extends OpenRunOptions, TogetherOptions {
  /**
   * Precision of the evaluation.
   *
   * @default {"float32"}
   */
  readonly precision?: Precision;
  /**
   * Bounds of Tail, Medium and Head in training images of a class.
   *
   * @default {the run's}
   */
  readonly groups?: GroupThresholds;
}

/** Metrics of a checkpoint, with what they were computed from. */
export interface EvaluatedRun extends Evaluation {
  /** Path of the evaluated checkpoint. */
  readonly checkpoint: string;
  /** Name of its recipe, or `custom`. */
  readonly recipe: string;
  /** Number of steps that it was trained for. */
  readonly step: number;
  /** Bounds of Tail, Medium and Head in training images of a class. */
  readonly groups: GroupThresholds;
  /** Name of each class. */
  readonly classNames: readonly string[];
  /** Test images of each class. */
  readonly testImages: readonly number[];
  /** The evaluated set. */
  readonly evaluatedOn: EvaluationSet;
  /** Warnings about likely mistakes in the data, one line each. */
  readonly warnings: readonly string[];
}

/**
 * Evaluates a checkpoint on the test set of its recipe's data, or on the validation set. With `cluster`, several
 * processes predict a part of the images each, and all return the same.
 *
 * @param path A run folder, whose newest checkpoint is used, or a checkpoint.
 * @param options Recipe, data and imbalance, to override the run's or where it does not record them.
 * @returns Accuracies in percent and the other metrics.
 * @throws {UsageError} If the recipe is neither given nor recorded by the run.
 * @throws {CheckpointError} If there is no checkpoint, or it does not match the recipe and the data.
 * @throws {DataError} If the data cannot be read.
 * @throws {PeerError} If another process of the cluster fails, does not come or evaluates something else.
 */
export async function evaluateRun(
  path: string,
  { cluster, peerTimeout: timeout, ...options }: EvaluateRunOptions = {},
): Promise<EvaluatedRun> {
  return await together(cluster, { timeout }, (cluster) => evaluated(path, options, cluster));
}

/** Evaluates, in a cluster together with other processes. */
async function evaluated(
  path: string,
  { precision, ...options }: EvaluateRunOptions,
  cluster?: Cluster,
): Promise<EvaluatedRun> {
  const run = await openRun(path, options);
  try {
    const { data, counts, checkpoint, recipe, step } = run;
    const { groups = run.groupThresholds } = options;
    if (cluster) await expectSameWork(cluster, run, data.test, { precision });
    const evaluation = await evaluate(run, data.test, {
      counts,
      groupThresholds: groups,
      precision,
      cluster,
    });
    return {
      ...evaluation,
      groups,
      checkpoint,
      recipe,
      step,
      classNames: data.train.classNames,
      testImages: classCounts(data.test),
      evaluatedOn: data.evaluatedOn ?? "test",
      warnings: data.warnings ?? [],
    };
  } finally {
    run.dispose();
  }
}
