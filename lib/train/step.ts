/**
 * What a training step is told, takes and gives.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import type { OperationProfile } from "../engine/profile.ts";
import type { AnyLoss } from "../losses/loss.ts";
import type { Network } from "../nn/network.ts";
import type { MixedBatchLoss } from "./mixing.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Precision } from "./result.ts";

/** Everything that a step changes. */
export type Training = {
  /** Learned parameters. */
  readonly params: Params;
  /** Running statistics. */
  readonly state: Params;
  /** State of the optimizer. */
  readonly optimizer: Params;
  /**
   * State of the loss.
   *
   * @default {empty, as that of most losses}
   */
  readonly loss?: Params;
};

/** What a step is told to compute. */
export interface StepOptions {
  /** Network to train. */
  readonly network: Network;
  /**
   * Network of the teacher that the stage remembers.
   *
   * @default {the one that is trained}
   */
  readonly teacher?: Network;
  /** Loss to train with. */
  readonly loss: AnyLoss;
  /** The same for mixed images; where it is there, every batch has partners and shares. */
  readonly mixedLoss?: MixedBatchLoss;
  /**
   * Paths of the parameters and layers that train; the others are left as they are.
   *
   * @default {all}
   */
  readonly trains?: readonly string[];
  /**
   * Paths of parameters that are left as they are although they would train.
   *
   * @default {none}
   */
  readonly except?: readonly string[];
  /**
   * Paths of parts that are left as they are, the statistics of their norm layers included.
   *
   * @default {none}
   */
  readonly frozen?: readonly string[];
  /**
   * Whether norm layers that do not train go on normalising by the batch and tracking its statistics (MiSLAS's
   * shifted batch norm), or use their running ones.
   *
   * @default {"fixed"}
   */
  readonly statistics?: "fixed" | "shifting";
  /** How gradients change the parameters. */
  readonly optimizer: Optimizer;
  /** Steps of the stage and of those that go on with it: what the loss's progress is a share of. */
  readonly iterations: number;
  /**
   * Largest norm of the gradient, above 0.
   *
   * @default {no limit}
   */
  readonly clipNorm?: number;
  /**
   * Batches in a step.
   *
   * @default {1}
   */
  readonly accumulate?: number;
  /** Precision of the step. */
  readonly precision: Precision;
  /**
   * Seed of what the loss draws.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/**
 * What a step found out, by name: `loss`, `magnitude:<path>`, `gradient:<path>`, and `gradientNorm`, before it is
 * clipped, where it is.
 */
export type StepReport = Readonly<Record<string, number>>;

/** A step that has run. */
export interface StepOutput {
  /** Parameters, statistics and optimizer state after it. */
  readonly training: Required<Training>;
  /** Reads what it found out and frees it: call once. */
  report(): Promise<StepReport>;
}

/** What a step takes besides images and labels. */
export interface StepExtras {
  /** What mixed images show besides their labels. */
  readonly mixed?: { readonly partners: Int32Array; readonly shares: Float32Array };
  /** What the stage remembers from its beginning; stays the caller's. */
  readonly memory?: Params;
  /** Batches of the same step before this one, where it has several; it is used up. */
  readonly before?: Gathered;
}

/** Batches of a step without its last one. */
export interface Gathered {
  /** Number of them. */
  readonly batches: number;
  /** Sum of their gradients. */
  readonly sum: Params;
  /** Running statistics after them. */
  readonly state: Params;
  /** State of the loss after them. */
  readonly loss: Params;
  /** What each of them found out. */
  readonly reports: readonly tf.Tensor[];
}

/** A training step. */
export interface Step {
  /**
   * Computes the gradient of a batch that is not the last of its step, off the event loop where the backend can.
   *
   * @param training Before the step; stays the caller's.
   * @param images Shape `[batch, height, width, channels]`, normalised.
   * @param labels Shape `[batch]`.
   * @param iteration Number of the step, from 0.
   * @param extras Partners of mixed images, memory of the stage, the batches before.
   * @returns What to give to the next batch of the step.
   */
  gather(
    training: Training,
    images: { data: Float32Array; shape: readonly number[] },
    labels: Int32Array,
    iteration: number,
    extras?: StepExtras,
  ): Promise<Gathered>;
  /**
   * Runs a step on its last batch, most often the only one, off the event loop where the backend can.
   *
   * @param training Before the step; stays the caller's.
   * @param images Shape `[batch, height, width, channels]`, normalised.
   * @param labels Shape `[batch]`.
   * @param rate Learning rate.
   * @param iteration Number of the step, from 0.
   * @param extras Partners of mixed images, memory of the stage, the step's other batches.
   */
  run(
    training: Training,
    images: { data: Float32Array; shape: readonly number[] },
    labels: Int32Array,
    rate: number,
    iteration: number,
    extras?: StepExtras,
  ): Promise<StepOutput>;
  /**
   * Times the operations of a step with made-up images; the training is not changed.
   *
   * @param training Where to stand; stays the caller's.
   * @param shape Shape of the images, `[batch, height, width, channels]`, of one view.
   * @param memory What the stage remembers from its beginning; stays the caller's.
   * @returns Operations by falling time.
   */
  profile(training: Training, shape: readonly number[], memory?: Params): OperationProfile[];
  /** How often a step was recorded. */
  readonly traces: number;
  /** Frees the recordings. */
  dispose(): void;
}
