/**
 * Losses of several experts, which look at the same images.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import type { LossContext, LossNeeds } from "./loss.ts";

/** The loss of several experts, under the same rules as a loss of one. */
export interface ExpertLoss extends LossNeeds {
  /**
   * @param experts Logits of each expert, each `[batch, classes]`.
   * @param labels Shape `[batch]`, int32.
   * @param context Progress of the training, by default its end, and what the loss uses.
   * @returns A scalar.
   */
  (experts: readonly tf.Tensor2D[], labels: tf.Tensor1D, context?: LossContext): tf.Scalar;
}

/**
 * Checks the logits of experts.
 *
 * @param experts Logits of each expert.
 * @param counts Training images of each class.
 * @throws {RangeError} If there is none, or one has another shape.
 */
export function expectExperts(
  experts: readonly tf.Tensor2D[],
  counts: readonly number[],
): void {
  if (experts.length === 0) throw new RangeError("Expected at least one expert but found none");
  const other = experts.find(({ shape }) =>
    shape.length !== 2 || shape[0] !== experts[0].shape[0] || shape[1] !== counts.length
  );
  if (other) {
    throw new RangeError(
      `Expected logits of every expert to be [batch, ${counts.length}] but found [${other.shape}]`,
    );
  }
}

/**
 * The mean of the experts' logits.
 *
 * @param experts Logits of each expert, at least one.
 * @returns Shape `[batch, classes]`.
 */
export function meanOf(experts: readonly tf.Tensor2D[]): tf.Tensor2D {
  return tf.addN([...experts]).div(experts.length);
}
