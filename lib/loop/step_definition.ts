/**
 * What a training step computes, and the trees of tensors that it works on.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import type { Cluster } from "../engine/cluster/cluster.ts";
import type { AnyLoss } from "../losses/loss.ts";
import type { Network } from "../nn/network.ts";
import type { Optimizer } from "../optim/mod.ts";
import type { MixedBatchLoss } from "./mixing.ts";
import type { Trained } from "./stages/paths.ts";

/** What a step computes. */
export interface StepDefinition extends Trained {
  /** Network to train. */
  readonly network: Network;
  /**
   * Network of the teacher.
   *
   * @default {the trained network}
   */
  readonly teacher?: Network;
  /** Loss to train with. */
  readonly loss: AnyLoss;
  /** Loss for mixed images; if given, every batch has second labels and weights λ. */
  readonly mixedLoss?: MixedBatchLoss;
  /**
   * Whether norm layers that are not trained use their running statistics (`fixed`), or still normalise by the batch
   * and update the running statistics (`shifting`, MiSLAS's shifted batch norm).
   *
   * @default {"fixed"}
   */
  readonly statistics?: "fixed" | "shifting";
  /** Optimizer of the trained parameters. */
  readonly optimizer: Optimizer;
  /**
   * Upper bound of the gradient norm, above 0.
   *
   * @default {no limit}
   */
  readonly clipNorm?: number;
  /**
   * Number of batches in a step.
   *
   * @default {1}
   */
  readonly accumulate?: number;
  /**
   * Processes that compute the step together, each with the images of its part of a batch.
   *
   * @default {this one alone}
   */
  readonly cluster?: Cluster;
  /**
   * Whether batch norm and LR normalise by the statistics of the whole batch, rather than of the part of each process.
   *
   * @default {false}
   */
  readonly syncBatchNorm?: boolean;
}

/** Everything that a step updates. */
export type StepState = {
  /** Learned parameters. */
  readonly params: Params;
  /** Running statistics. */
  readonly state: Params;
  /** State of the optimizer. */
  readonly optimizer: Params;
  /** State of the loss. */
  readonly loss: Params;
};

/** A batch as tensors, with the other inputs of its gradient. */
export type BatchInputs = {
  /** Images of this process's part, including all views, `[views · part, height, width, channels]`. */
  readonly images: tf.Tensor;
  /** Labels of the whole batch, `[batch]`. */
  readonly labels: tf.Tensor;
  /** Seed of the random numbers of the loss and index of the batch, `[2]`. */
  readonly seed: tf.Tensor;
  /** State that the stage recorded at its beginning. */
  readonly memory: Params;
  /** Second labels of mixed images and the weight λ of the first; empty without mixing. */
  readonly mixed: Record<string, tf.Tensor>;
  /** In a cluster, whether this process wants to stop after the step, 1 or 0, by the name `stop`; otherwise empty. */
  readonly wishes: Record<string, tf.Tensor>;
};
