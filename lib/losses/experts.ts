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
 * @param classes Number of classes; by default as many as the first expert's.
 * @throws {RangeError} If there is none, or one has another shape.
 */
export function expectExperts(
  experts: readonly tf.Tensor2D[],
  classes: number | undefined = experts[0]?.shape[1],
): void {
  if (experts.length === 0) throw new RangeError("Expected at least one expert but found none");
  const other = experts.find(({ shape }) =>
    shape.length !== 2 || shape[0] !== experts[0].shape[0] || shape[1] !== classes
  );
  if (other) {
    throw new RangeError(
      `Expected logits of every expert to be [batch, ${classes}] but found [${other.shape}]`,
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
