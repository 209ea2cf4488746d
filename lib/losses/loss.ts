/**
 * What a loss is.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";

/** What a loss may look at besides logits and labels. */
export interface LossContext {
  /** Share of the training done, from 0 to 1. */
  readonly progress: number;
}

/**
 * The mean loss of a batch.
 *
 * Called while a training step is being traced: it must use tensor operations throughout and
 * cannot read values. `progress` is fixed within a trace; a loss whose formula changes lists the
 * fractions of training at which it does in `phases`, and the step is traced anew there.
 */
export interface Loss {
  /**
   * @param logits Shape `[batch, classes]`, float32.
   * @param labels Shape `[batch]`, int32, from 0.
   * @param context Progress of the training; by default its end.
   * @returns A scalar.
   */
  (logits: tf.Tensor2D, labels: tf.Tensor1D, context?: LossContext): tf.Scalar;
  /** Fractions of training at which the formula changes, ascending, for instance `[0.8]`. */
  readonly phases?: readonly number[];
}
