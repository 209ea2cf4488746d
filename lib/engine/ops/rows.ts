/**
 * Gathering rows of a table.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { execute, isNative } from "../native.ts";
import { expectLabelTensor } from "./labels.ts";

/**
 * Gathers rows of a constant table by index. Not differentiable.
 *
 * @param table Shape `[rows, …]`.
 * @param indices Shape `[batch]`, int32, in [0, rows). The range cannot be checked while a function is traced.
 * @returns Shape `[batch, …]`.
 * @throws {TypeError} If the indices are not int32.
 * @throws {RangeError} If an index is out of its range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * assertEquals([...rows(tf.tensor1d([5, 6, 7]), tf.tensor1d([2, 0], "int32")).dataSync()], [7, 5]);
 * ```
 */
export function rows<T extends tf.Tensor>(table: T, indices: tf.Tensor1D): T {
  expectLabelTensor(indices, table.shape[0], "indices");
  // tf.gather reads its indices to check them, which is impossible while a function is traced.
  return (isNative()
    ? execute("GatherV2", {}, [table, indices, tf.scalar(0, "int32")], 1)[0]
    : tf.gather(table, indices)) as T;
}
