/**
 * Vectors of length 1.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";

/**
 * Normalises rows to length 1; a zero row is unchanged.
 *
 * @param x Shape `[rows, channels]`.
 * @returns The same shape.
 */
export function unitRows(x: tf.Tensor2D): tf.Tensor2D {
  return x.mul(x.square().sum(1, true).maximum(1e-24).rsqrt());
}
