/**
 * Description of a loss.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import type { AnyLoss, Loss } from "./loss.ts";

/**
 * Description of a loss that needs neither a network nor a training of its own. Its token in recipes follows from it.
 */
export interface LossDescription {
  /** Token in recipes. */
  readonly token: string;
  /** Short description. */
  readonly about: string;
  /** Publication that it comes from. */
  readonly source: string;
  /** Which source is followed where a paper and its code differ, and how to get the other behaviour. */
  readonly follows?: string;
  /** Makes the loss from the number of training images per class, with label smoothing if it `smooths`. */
  readonly loss: (counts: readonly number[], smoothing?: number) => AnyLoss;
  /** Whether it is a cross-entropy and so supports label smoothing. */
  readonly smooths?: boolean;
  /** Makes the same loss with class weights, for deferred re-weighting. */
  readonly weighted?: (
    counts: readonly number[],
    weights: readonly number[],
    smoothing?: number,
  ) => Loss;
  /** Makes the same loss for a distribution over classes for each image, `[batch, classes]`. */
  readonly soft?: (
    counts: readonly number[],
  ) => (logits: tf.Tensor2D, targets: tf.Tensor2D) => tf.Scalar;
  /** Properties that a method has by this loss. */
  readonly provides?: readonly string[];
  /** What it is incompatible with, with reasons that continue a sentence beginning with its token. */
  readonly refuses?: Readonly<Record<string, string>>;
  /** Rows of the paper that report it, by table. */
  readonly rows?: Readonly<Record<string, string>>;
}
