/**
 * Rectified linear unit.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { execute, isNative } from "../native.ts";
import { customGradient } from "./custom_gradient.ts";

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
  return customGradient([x], (x) => {
    const native = isNative();
    const y = native ? execute("Relu", {}, [x], 1)[0] : tf.relu(x);
    return {
      value: y,
      saved: [y],
      gradient: (dy, [y]) => native ? execute("ReluGrad", {}, [dy, y], 1) : [dy.mul(tf.step(y))],
    };
  });
}
