/**
 * Vectors of length 1.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";

/**
 * Normalises the vectors along an axis to length 1; zero vectors are unchanged. Differentiable.
 *
 * @param x Any shape, float32.
 * @param axis Axis of the vectors: 1 for the rows of a matrix, 0 for its columns.
 * @returns The same shape.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const rows = unitVectors(tf.tensor2d([[3, 4], [0, 0]]), 1);
 * assertEquals([...rows.mul(5).round().dataSync()], [3, 4, 0, 0]);
 * ```
 */
export function unitVectors<T extends tf.Tensor>(x: T, axis: number): T {
  return x.mul(x.square().sum(axis, true).maximum(1e-24).rsqrt());
}
