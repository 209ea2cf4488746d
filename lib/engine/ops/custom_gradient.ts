/**
 * Operations with a gradient of their own.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";

/** The result of an operation, and its gradient. */
export interface WithGradient {
  /** The result. */
  readonly value: tf.Tensor;
  /**
   * Tensors that the gradient uses: inputs, the value, or others; all other tensors may be disposed by then.
   *
   * @default {none}
   */
  readonly saved?: tf.Tensor[];
  /**
   * Computes the gradient with respect to each input.
   *
   * @param dy Gradient with respect to the result.
   * @param saved The saved tensors.
   * @returns One gradient for each input.
   */
  gradient(dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[];
}

/**
 * Computes an operation whose gradient is given rather than derived: `tf.customGrad` with types.
 *
 * @param inputs The inputs.
 * @param compute Computes result and gradient from the inputs.
 * @returns The result.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const double = (x: tf.Tensor) =>
 *   customGradient<[tf.Tensor], tf.Tensor>([x], (x) => ({ value: x.mul(2), gradient: (dy) => [dy.mul(2)] }));
 * assertEquals(tf.grad(double)(tf.scalar(5)).dataSync()[0], 2);
 * ```
 */
export function customGradient<Inputs extends readonly tf.Tensor[], Output extends tf.Tensor>(
  inputs: Inputs,
  compute: (...inputs: Inputs) => WithGradient,
): Output {
  return tf.customGrad((...given) => {
    // The last argument is the function that saves tensors.
    const save = given[inputs.length] as tf.GradSaveFunc;
    const tensors = given.slice(0, inputs.length) as readonly tf.Tensor[] as Inputs;
    const { value, saved = [], gradient } = compute(...tensors);
    save(saved);
    return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => gradient(dy, saved) };
  })(...inputs) as Output;
}
