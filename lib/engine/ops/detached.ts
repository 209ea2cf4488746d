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
