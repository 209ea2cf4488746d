/**
 * What a loss is.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import type { AppliedNorm } from "../nn/module.ts";

/** What a loss may look at besides logits and labels. */
export interface LossContext {
  /** Share of the training done, from 0 to 1. */
  readonly progress: number;
  /**
   * For losses that use `"seed"`: shape `[2]`, int32, other numbers in every step. A tensor, because a
   * number would be fixed within a trace, and the noise with it.
   */
  readonly seed?: tf.Tensor1D;
  /** For losses that use `"features"`: the embedding that the classifier gets, `[batch, channels]`. */
  readonly features?: tf.Tensor2D;
  /** For losses that use `"experts"`: the logits of each of several experts, `[batch, classes]`. */
  readonly experts?: readonly tf.Tensor2D[];
  /** For losses that use `"teacher"`: the logits of the network that the stage began with, `[batch, classes]`. */
  readonly teacher?: tf.Tensor2D;
  /** For losses that use `"routes"`: what each router says about going on, `[batch, experts − 1]`. */
  readonly routes?: tf.Tensor2D;
  /** For losses that use `"projections"`: unit vectors of views of the images, one view after another. */
  readonly projections?: tf.Tensor2D;
  /** For losses that use `"keys"`: unit vectors that another network makes of another view, `[batch, channels]`. */
  readonly keys?: tf.Tensor2D;
  /** For losses that use `"norms"`: the scale and shift of every batch norm of the network. */
  readonly norms?: readonly AppliedNorm[];
  /** For losses that use `"prototypes"`: a unit vector for each class, `[classes, channels]`. */
  readonly prototypes?: tf.Tensor2D;
}

/** What a loss needs besides logits and labels. */
export type LossInput =
  | "seed"
  | "features"
  | "experts"
  | "teacher"
  | "routes"
  | "projections"
  | "keys"
  | "norms"
  | "prototypes";

/** What {@linkcode train} has to know about a loss before its first step. */
export interface LossNeeds {
  /** Fractions of training at which the formula changes, ascending, for instance `[0.8]`. */
  readonly phases?: readonly number[];
  /** Parts of the context that it cannot do without. */
  readonly uses?: readonly LossInput[];
  /**
   * Views that a batch holds of each image, changed at random each for itself; the network gets
   * `[views · batch, …]`, all first views before all second ones, and gives logits for the first.
   *
   * @default {1}
   */
  readonly views?: number;
}

/**
 * The mean loss of a batch.
 *
 * Called while a training step is being traced: it must use tensor operations throughout and
 * cannot read values. `progress` is fixed within a trace; a loss whose formula changes lists the
 * fractions of training at which it does in `phases`, and the step is traced anew there. Any function of
 * this form is a loss; one that draws random numbers or looks at features says so in `uses`.
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
export interface LossSizes {
  /** Images in a step. */
  readonly batch: number;
  /** Channels of the embedding; known where the loss uses `"features"`. */
  readonly channels?: number;
  /** Number of experts; known where the loss uses `"experts"`. */
  readonly experts?: number;
  /** Channels of the projections; known where the loss uses `"projections"`. */
  readonly projections?: number;
  /**
   * Seed of what the state begins with.
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
 * A loss that remembers: counts, centres, a queue. Like a network's running statistics its state is a tree
 * of tensors, goes in and comes out, and is saved in checkpoints under `loss/`.
 */
export interface StatefulLoss extends LossNeeds {
  /**
   * Makes the state before the first batch.
   *
   * @param sizes Batch, channels of the embedding.
   * @returns A tree of tensors.
   */
  init(sizes: LossSizes): Params;
  /**
   * The mean loss of a batch, under the same rules as {@linkcode Loss}. Nothing given is changed.
   *
   * @param state From `init` or from the batch before.
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

/** Anything that can be trained with. */
export type AnyLoss = Loss | StatefulLoss;

/**
 * Any loss as one with a state; that of a plain loss is empty.
 *
 * @param loss With or without a state.
 * @returns A loss with a state.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { crossEntropy } from "./cross_entropy.ts";
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
