/**
 * Options, inputs and outputs of a training step.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import type { OperationProfile } from "../engine/profile.ts";
import type { AnyLoss } from "../losses/loss.ts";
import type { Network } from "../nn/network.ts";
import type { MixedBatchLoss } from "./mixing.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Precision } from "../engine/precision.ts";

/** Training state: everything that a step updates. */
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
   * @default {{}}
   */
  readonly loss?: Params;
};

/** Options of a training step. */
export interface StepOptions {
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
   * Paths of the parameters and layers to train; the others are not updated.
   *
   * @default {all}
   */
  readonly trains?: readonly string[];
  /**
   * Paths of parameters that are excluded from `trains`.
   *
   * @default {none}
   */
  readonly except?: readonly string[];
  /**
   * Paths of frozen parts, including the statistics of their norm layers.
   *
   * @default {none}
   */
  readonly frozen?: readonly string[];
  /**
   * Whether norm layers that are not trained use their running statistics (`fixed`), or still normalise by the batch
   * and update the running statistics (`shifting`, MiSLAS's shifted batch norm).
   *
   * @default {"fixed"}
   */
  readonly statistics?: "fixed" | "shifting";
  /** Optimizer of the trained parameters. */
  readonly optimizer: Optimizer;
  /** Number of steps of the stage and the stages that continue it, which defines the progress of the loss. */
  readonly iterations: number;
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
  /** Precision of the step. */
  readonly precision: Precision;
  /**
   * Seed of the random numbers of the loss.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/**
 * Scalars measured by a step, by name: `loss`, `magnitude:<path>`, `gradient:<path>` and, with gradient clipping,
 * `gradientNorm` before clipping.
 */
export type StepReport = Readonly<Record<string, number>>;

/** Output of a step. */
export interface StepOutput {
  /** Training state after the step. */
  readonly training: Required<Training>;
  /** Reads the report and frees its tensors; call only once. */
  report(): Promise<StepReport>;
}

/** Inputs of a step besides images and labels. */
export interface StepExtras {
  /** Second labels of mixed images and the weight λ of the first. */
  readonly mixed?: { readonly partners: Int32Array; readonly shares: Float32Array };
  /** State that the stage recorded at its beginning; the caller keeps ownership. */
  readonly memory?: Params;
  /** Accumulated previous batches of the same step; consumed. */
  readonly before?: Gathered;
}

/** Accumulated batches of a step. */
export interface Gathered {
  /** Number of batches. */
  readonly batches: number;
  /** Sum of the gradients. */
  readonly sum: Params;
  /** Running statistics after the batches. */
  readonly state: Params;
  /** State of the loss after the batches. */
  readonly loss: Params;
  /** Report of each batch. */
  readonly reports: readonly tf.Tensor[];
}

/** A training step. */
export interface Step {
  /**
   * Accumulates the gradient of a batch that is not the last of its step, off the event loop if the backend supports
   * it.
   *
   * @param training Training state before the step; the caller keeps ownership.
   * @param images Shape `[batch, height, width, channels]`, normalised.
   * @param labels Shape `[batch]`.
   * @param iteration Index of the step, from 0.
   * @param extras Second labels of mixed images, memory of the stage, previous batches.
   * @returns Accumulated batches, to pass to the next batch of the step.
   */
  gather(
    training: Training,
    images: { data: Float32Array; shape: readonly number[] },
    labels: Int32Array,
    iteration: number,
    extras?: StepExtras,
  ): Promise<Gathered>;
  /**
   * Runs a step on its last batch, usually the only one, off the event loop if the backend supports it.
   *
   * @param training Training state before the step; the caller keeps ownership.
   * @param images Shape `[batch, height, width, channels]`, normalised.
   * @param labels Shape `[batch]`.
   * @param rate Learning rate.
   * @param iteration Index of the step, from 0.
   * @param extras Second labels of mixed images, memory of the stage, previous batches of the step.
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
   * Times the operations of a step on random images, without changing the training state.
   *
   * @param training Training state to profile; the caller keeps ownership.
   * @param shape Shape of the images, `[batch, height, width, channels]`, of one view.
   * @param memory State that the stage recorded at its beginning; the caller keeps ownership.
   * @returns Operations in descending order of time.
   */
  profile(training: Training, shape: readonly number[], memory?: Params): OperationProfile[];
  /** Number of times that the step was traced. */
  readonly traces: number;
  /** Frees the traced functions. */
  dispose(): void;
}
