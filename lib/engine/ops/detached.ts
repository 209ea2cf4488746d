/**
 * Stopping gradients.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { execute, isNative } from "../native.ts";
import { customGradient } from "./custom_gradient.ts";

/**
 * Stops the gradient: returns the same values as a constant.
 *
 * @param x Any shape, float32.
 * @returns The same values and shape; the gradient with respect to `x` is 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { detached, engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const gradient = tf.grad((x) => x.mul(detached(x)))(tf.scalar(3));
 * assertEquals(gradient.dataSync()[0], 3);
 * ```
 */
export function detached<T extends tf.Tensor>(x: T): T {
  return customGradient([x], (x) => ({
    value: x.clone(),
    gradient: (dy) => [tf.zerosLike(dy)],
  }));
}

/**
 * Computes a value as a constant: the operations within need no gradients (maxima, comparisons), and the inputs
 * receive gradient 0.
 *
 * @param compute The computation.
 * @param inputs Its arguments, float32.
 * @returns Its result.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { detachedFrom, engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const positive = (x: tf.Tensor) => x.greater(0).toFloat();
 * const gradient = tf.grad((x) => x.mul(detachedFrom(positive, x)))(tf.tensor1d([-3, 3]));
 * assertEquals([...gradient.dataSync()], [0, 1]);
 * ```
 */
export function detachedFrom<Inputs extends tf.Tensor[], Output extends tf.Tensor>(
  compute: (...inputs: Inputs) => Output,
  ...inputs: Inputs
): Output {
  return customGradient(inputs, (...given) => ({
    value: compute(...given),
    // The inputs may be freed by then, so only their shapes are used.
    gradient: () => inputs.map(({ shape }) => tf.zeros(shape)),
  }));
}

/**
 * Cuts a value off from the gradient: what is computed from the result needs no gradients, as after a sort or a
 * comparison.
 *
 * @param x Any shape.
 * @returns The same values and shape.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const slope = tf.grad((x) => x.mul(cutOff(x).sign()))(tf.tensor1d([-3, 3]));
 * assertEquals([...slope.dataSync()], [-1, 1]);
 * ```
 */
export function cutOff<T extends tf.Tensor>(x: T): T {
  // The gradient tape does not see operations that are run by name, nor tensors made of values.
  return (isNative()
    ? execute("Identity", {}, [x], 1)[0]
    : tf.tensor(x.dataSync().slice(), x.shape, x.dtype)) as T;
}
