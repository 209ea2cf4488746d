/**
 * Gathering rows of a table that is learnt.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { weightedRows } from "./weighted_rows.ts";

/**
 * Gathers rows of a table as `rows` does, but differentiable in the table; where a row is gathered several times, its
 * gradients are added in a fixed order.
 *
 * @param table Shape `[rows, channels]`, float32.
 * @param indices Shape `[n]`, int32, in [0, rows).
 * @returns Shape `[n, channels]`.
 * @throws {TypeError} If the indices are not int32.
 * @throws {RangeError} If the table is no matrix.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const indices = tf.tensor1d([1, 1], "int32");
 * const slope = tf.grad((table) => gatheredRows(table as tf.Tensor2D, indices))(tf.tensor2d([[1], [2]]));
 * assertEquals([...slope.dataSync()], [0, 2]);
 * ```
 */
export function gatheredRows(table: tf.Tensor2D, indices: tf.Tensor1D): tf.Tensor2D {
  const column: tf.Tensor2D = indices.expandDims(1);
  return weightedRows(table, column, tf.onesLike(column).toFloat());
}
