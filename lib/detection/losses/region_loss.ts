/**
 * Interface of the losses that classify regions.
 *
 * @module
 */
import type { Params } from "../../core/tree.ts";
import type { tf } from "../../deps/tfjs.ts";

/** A loss over the regions of a batch; the layout of its logits is its own. */
export interface RegionLoss {
  /** Number of classes, without background. */
  readonly classes: number;
  /** Number of logits of a region. */
  readonly logits: number;
  /** Initial bias of the logits. */
  readonly bias: number;
  /** Creates the initial state. */
  init(): Params;
  /**
   * Computes the loss: its sum over the sampled regions, divided by their number.
   *
   * @param state From {@linkcode RegionLoss.init}, or the previous call.
   * @param logits Shape `[regions, logits]`.
   * @param labels Class of each region, `classes` for background. Shape `[regions]`, int32.
   * @param weights 1 for sampled regions, 0 for padding. Shape `[regions]`.
   * @returns Scalar loss and new state.
   */
  apply(
    state: Params,
    logits: tf.Tensor2D,
    labels: tf.Tensor1D,
    weights: tf.Tensor1D,
  ): { loss: tf.Scalar; state: Params };
  /**
   * Computes the score of each class.
   *
   * @param logits Shape `[regions, logits]`.
   * @returns Shape `[regions, classes]`, from 0 to 1.
   */
  scores(logits: tf.Tensor2D): tf.Tensor2D;
}

/** Sum of weighted losses divided by the number of sampled regions, at least 1. */
export function weightedMean(losses: tf.Tensor1D, weights: tf.Tensor1D): tf.Scalar {
  return losses.mul(weights).sum().div(weights.sum().maximum(1));
}
