/**
 * What the training loop runs.
 *
 * @module
 */
import type { ImageDataset, Split } from "../data/dataset.ts";
import type { GroupThresholds } from "../data/groups.ts";
import type { Cluster } from "../engine/cluster/cluster.ts";
import type { Precision } from "../engine/precision.ts";
import type { Network } from "../nn/network.ts";
import type { Stage } from "./stages/stage.ts";

/** What the training loop runs: network, data, stages and intervals. */
export interface Plan {
  /** Name of the recipe, or `custom`. */
  readonly recipe: string;
  /** Training and test set. */
  readonly data: Split;
  /** Training images of each class. */
  readonly counts: readonly number[];
  /** Images to select the best evaluation on; the test set if missing. */
  readonly validation?: ImageDataset;
  /** Network to train. */
  readonly network: Network;
  /** Stages in order, at least one. */
  readonly stages: readonly Stage[];
  /** Number of steps over all stages. */
  readonly iterations: number;
  /** Batch size. */
  readonly batch: number;
  /** Number of batches in a step. */
  readonly accumulate: number;
  /** Upper bound of the gradient norm; no clipping if missing. */
  readonly clipNorm?: number;
  /** Precision of the steps. */
  readonly precision: Precision;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** Bounds of Tail, Medium and Head in training images of a class. */
  readonly groups: GroupThresholds;
  /** Steps between checkpoints. */
  readonly checkpointEvery: number;
  /** Steps between evaluations. */
  readonly evaluateEvery: number;
  /** Number of evaluations without an improvement after which a stage ends; no early stopping if missing. */
  readonly earlyStop?: number;
  /** Whether to save the network of the best evaluation. */
  readonly keepBest: boolean;
  /** Worker threads that prepare batches. */
  readonly workers?: number;
  /** Processes that train together, each a part of every batch; this one alone if missing. */
  readonly cluster?: Cluster;
  /** Whether batch norm and LR normalise by the statistics of whole batches, rather than of each process's part. */
  readonly syncBatchNorm?: boolean;
}
