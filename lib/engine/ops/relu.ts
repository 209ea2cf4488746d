/**
 * Rectified linear unit.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { execute, isNative } from "../native.ts";

/**
 * Computes max(x, 0); differentiable. Only the output is saved for the gradient.
 *
 * @param x Any shape, float32.
 * @returns The same shape.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * assertEquals([...relu(tf.tensor1d([-1, 2])).dataSync()], [0, 2]);
 * ```
 */
export function relu<T extends tf.Tensor>(x: T): T {
  return tf.customGrad((x, save) => {
    const native = isNative();
    const y = native ? execute("Relu", {}, [x as tf.Tensor], 1)[0] : tf.relu(x as tf.Tensor);
    (save as tf.GradSaveFunc)([y]);
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, [y]: tf.Tensor[]) =>
        native ? execute("ReluGrad", {}, [dy, y], 1)[0] : dy.mul(tf.step(y)),
    };
  })(x) as T;
}
