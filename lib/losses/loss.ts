/**
 * Interfaces of losses.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import type { InputSizes, LossInput, LossInputs } from "./inputs.ts";

export type { LossInput } from "./inputs.ts";

/** Progress of the training and the inputs that a loss uses. */
export interface LossContext extends LossInputs {
  /** Fraction of the training completed, in [0, 1]. */
  readonly progress: number;
}

/** Properties of a loss that {@linkcode train} needs before the first step. */
export interface LossNeeds {
  /** Fractions of training at which the formula changes, ascending, for instance `[0.8]`. */
  readonly phases?: readonly number[];
  /** Parts of the context that the loss requires. */
  readonly uses?: readonly LossInput[];
  /**
   * Number of views of each image in a batch, augmented independently; the network's input is `[views · batch, …]`,
   * all first views before all second ones, and its output the logits of the first views.
   *
   * @default {1}
   */
  readonly views?: number;
}

/**
 * The mean loss of a batch.
 *
 * Called while a training step is traced: it must consist of tensor operations and cannot read values. `progress` is
 * constant within a trace; a loss whose formula changes lists in `phases` the fractions of training at which it does,
 * and the step is traced again there. Any function of this form is a loss; one that draws random numbers or reads
 * features declares it in `uses`.
 */
export interface Loss extends LossNeeds {
  /**
   * @param logits Shape `[batch, classes]`, float32.
   * @param labels Shape `[batch]`, int32, from 0.
   * @param context Progress of the training, by default its end, and what the loss uses.
   * @returns A scalar.
   */
  (logits: tf.Tensor2D, labels: tf.Tensor1D, context?: LossContext): tf.Scalar;
}

/** Sizes that the state of a loss depends on. */
export interface LossSizes extends InputSizes {
  /** Images in a step. */
  readonly batch: number;
  /**
   * Seed of the initial state.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/** What {@linkcode StatefulLoss.apply} returns. */
export interface LossResult {
  /** The mean loss of the batch, a scalar. */
  readonly loss: tf.Scalar;
  /** The state for the next batch. */
  readonly state: Params;
}

/**
 * A loss with a state, such as counts, centres or a queue. Like a network's running statistics, the state is a tree
 * of tensors that is passed in and returned, and is saved in checkpoints under `loss/`.
 */
export interface StatefulLoss extends LossNeeds {
  /**
   * Creates the state before the first batch.
   *
   * @param sizes Batch, channels of the embedding.
   * @returns A tree of tensors.
   */
  init(sizes: LossSizes): Params;
  /**
   * The mean loss of a batch, under the same rules as {@linkcode Loss}. The arguments are not modified.
   *
   * @param state State from `init` or from the previous batch.
   * @param logits Shape `[batch, classes]`, float32.
   * @param labels Shape `[batch]`, int32, from 0.
   * @param context Progress of the training, by default its end, and what the loss uses.
   * @returns The loss and the new state.
   */
  apply(
    state: Params,
    logits: tf.Tensor2D,
    labels: tf.Tensor1D,
    context?: LossContext,
  ): LossResult;
}

/** A loss with or without a state. */
export type AnyLoss = Loss | StatefulLoss;

/**
 * Converts any loss to one with a state, which is empty for a plain loss.
 *
 * @param loss With or without a state.
 * @returns A loss with a state.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { crossEntropy, stateful } from "@nbn/toolkit/losses";
 *
 * assertEquals(stateful(crossEntropy()).init({ batch: 8 }), {});
 * ```
 */
export function stateful(loss: AnyLoss): StatefulLoss {
  if (typeof loss !== "function") return loss;
  return {
    phases: loss.phases,
    uses: loss.uses,
    views: loss.views,
    init: () => ({}),
    apply: (_state, logits, labels, context) => ({
      loss: loss(logits, labels, context),
      state: {},
    }),
  };
}
