/**
 * Random tensors determined by a seed that is itself a tensor: a traced step draws new numbers when its seed changes,
 * and the same numbers for the same seed.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { execute, isNative } from "../native.ts";
import { philoxUniform } from "./philox.ts";

/**
 * Draws uniform random numbers, identical on every backend. Not differentiable.
 *
 * @param shape Shape of the result.
 * @param seed Shape `[2]`, int32, for instance the seed of a training and the number of a step.
 * @returns Multiples of 2⁻²³ in [0, 1).
 * @throws {TypeError} If the seed is not two int32 numbers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const seed = tf.tensor1d([7, 0], "int32");
 * assertEquals(randomUniform([2, 3], seed).dataSync(), randomUniform([2, 3], seed).dataSync());
 * ```
 */
export function randomUniform(shape: readonly number[], seed: tf.Tensor1D): tf.Tensor {
  if (seed.dtype !== "int32" || `${seed.shape}` !== "2") {
    throw new TypeError(
      `Expected a seed of two int32 numbers but found [${seed.shape}] ${seed.dtype}`,
    );
  }
  if (isNative()) {
    const sides = tf.tensor1d([...shape], "int32");
    return execute("StatelessRandomUniform", { dtype: "float32" }, [sides, seed], 1)[0];
  }
  const [first, second] = seed.dataSync();
  const size = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(philoxUniform([first, second], size), [...shape], "float32");
}

/**
 * Draws standard normal random numbers (Box and Muller 1958), identical on every backend up to rounding.
 *
 * @param shape Shape of the result.
 * @param seed Shape `[2]`, int32.
 * @returns Numbers of mean 0 and standard deviation 1, in [−5.7, 5.7].
 * @throws {TypeError} If the seed is not two int32 numbers.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const { mean, variance } = tf.moments(randomNormal([10_000], tf.tensor1d([7, 0], "int32")));
 * assert(Math.abs(mean.dataSync()[0]) < 0.05 && Math.abs(variance.dataSync()[0] - 1) < 0.05);
 * ```
 */
export function randomNormal(shape: readonly number[], seed: tf.Tensor1D): tf.Tensor {
  const [first, second] = tf.unstack(randomUniform([2, ...shape], seed));
  // 1 − u is never 0.
  const radius = tf.sub(1, first).log().mul(-2).sqrt();
  return radius.mul(second.mul(2 * Math.PI).cos());
}
