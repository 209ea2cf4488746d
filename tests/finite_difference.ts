/**
 * Comparison of gradients with finite differences.
 *
 * @module
 */
import { assert } from "@std/assert";
import { type Rng, rng } from "../lib/core/rng.ts";
import { tf } from "../lib/deps/tfjs.ts";

/** Options of {@linkcode assertGradients}. */
export interface GradientOptions {
  /** Step size h of the central difference (f(x + h·d) − f(x − h·d)) / 2h. */
  step?: number;
  /** Maximum error of a directional derivative, relative to the Euclidean norm of the gradient. */
  tolerance?: number;
  /** Seed of the directions and output weights. */
  seed?: number;
}

const DIRECTIONS = 3;

/**
 * Asserts that the gradient of a randomly weighted sum of `fn`'s output agrees with central differences in random
 * directions, for every input.
 */
export function assertGradients(
  fn: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: readonly tf.Tensor[],
  { step = 1e-2, tolerance = 5e-3, seed = 0 }: GradientOptions = {},
): void {
  const random = rng(seed).fork("finite differences");
  const weights = randomTensor(tf.tidy(() => fn(...inputs).shape), random.fork("weights"));
  const gradients = tf.grads((...x: tf.Tensor[]) => fn(...x).mul(weights).sum())([...inputs]);
  const perOutput = weights.dataSync();
  for (const [index, input] of inputs.entries()) {
    const gradient = gradients[index].dataSync();
    for (let i = 0; i < DIRECTIONS; i++) {
      const direction = randomTensor(input.shape, random.fork(`${index} ${i}`));
      const at = (sign: number) =>
        tf.tidy(() => {
          const moved = [...inputs];
          moved[index] = input.add(direction.mul(sign * step));
          return fn(...moved).dataSync();
        });
      const [after, before] = [at(1), at(-1)];
      let numeric = 0, analytic = 0, length = 0;
      for (let k = 0; k < after.length; k++) numeric += perOutput[k] * (after[k] - before[k]);
      numeric /= 2 * step;
      direction.dataSync().forEach((value, k) => {
        analytic += value * gradient[k];
        length += gradient[k] ** 2;
      });
      const error = Math.abs(analytic - numeric);
      assert(
        error <= tolerance * (Math.sqrt(length) + 1e-3),
        `Expected the gradient of input ${index} in direction ${i} to be ${numeric} but found ${analytic}`,
      );
    }
  }
}

/** Creates a tensor of standard normal numbers times `scale`. */
export function randomTensor<T extends tf.Tensor>(
  shape: readonly number[],
  random: Rng,
  scale = 1,
): T {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => scale * random.normal()),
    [...shape],
  ) as T;
}
