/**
 * Helpers for losses of several experts.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";

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
