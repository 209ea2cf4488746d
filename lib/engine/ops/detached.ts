/**
 * Values through which no gradient flows.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";

/**
 * The same values as a constant: what comes before gets no gradient from what comes after.
 *
 * @param x Any shape, float32.
 * @returns The same values.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tf } from "../../deps/tfjs.ts";
 * import { engine } from "../engine.ts";
 *
 * await engine();
 * const slope = tf.grad((x) => x.mul(detached(x)))(tf.scalar(3));
 * assertEquals(slope.dataSync()[0], 3);
 * ```
 */
export function detached<T extends tf.Tensor>(x: T): T {
  return tf.customGrad((x) => ({
    value: (x as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }))(x) as T;
}

/**
 * What a computation makes of some tensors, as a constant: nothing within it needs a gradient (largest values,
 * comparisons), and what comes before gets none.
 *
 * @param compute The computation.
 * @param inputs What it starts from, float32.
 * @returns Its result.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tf } from "../../deps/tfjs.ts";
 * import { engine } from "../engine.ts";
 *
 * await engine();
 * const positive = (x: tf.Tensor) => x.greater(0).toFloat();
 * const slope = tf.grad((x) => x.mul(detachedFrom(positive, x)))(tf.tensor1d([-3, 3]));
 * assertEquals([...slope.dataSync()], [0, 1]);
 * ```
 */
export function detachedFrom<Inputs extends tf.Tensor[], Output extends tf.Tensor>(
  compute: (...inputs: Inputs) => Output,
  ...inputs: Inputs
): Output {
  return tf.customGrad((...given) => ({
    // A function also gets what saves tensors for the gradient, behind its inputs.
    value: compute(...given.slice(0, inputs.length) as Inputs),
    // The inputs may be freed by then, so only their shapes are asked for.
    gradFunc: () => inputs.map(({ shape }) => tf.zeros(shape)),
  }))(...inputs) as Output;
}
