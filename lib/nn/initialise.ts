/**
 * Random initialisation of parameters.
 *
 * @module
 */
import type { Rng } from "../core/rng.ts";
import type { tf } from "../deps/tfjs.ts";
import { ownedTensor } from "../engine/owned_tensor.ts";

/**
 * Draws from a normal distribution with mean 0.
 *
 * @param rng Random stream.
 * @param shape Shape of the tensor.
 * @param deviation Standard deviation.
 * @returns A float32 tensor.
 */
export function normalTensor(rng: Rng, shape: readonly number[], deviation: number): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = rng.normal() * deviation;
  return ownedTensor(values, shape);
}

/**
 * Draws from a uniform distribution between −bound and bound.
 *
 * @param rng Random stream.
 * @param shape Shape of the tensor.
 * @param bound Upper bound of the absolute value, at least 0.
 * @returns A float32 tensor.
 */
export function uniformTensor(rng: Rng, shape: readonly number[], bound: number): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: size }, () => (2 * rng.uniform() - 1) * bound);
  return ownedTensor(values, shape);
}
