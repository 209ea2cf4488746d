/**
 * Vectors of length 1.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";

/**
 * Rows divided by their lengths; a row of zeros stays, with a gradient of 0.
 *
 * @param x Shape `[rows, channels]`.
 * @returns The same shape.
 */
export function unitRows(x: tf.Tensor2D): tf.Tensor2D {
  return x.mul(x.square().sum(1, true).maximum(1e-24).rsqrt());
}
