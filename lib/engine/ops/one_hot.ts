/**
 * One-hot encoding of labels.
 *
 * @module
 */
import { expectRank } from "../../core/tensor_rank.ts";
import { tf } from "../../deps/tfjs.ts";
import { expectLabelTensor } from "./labels.ts";

/**
 * Encodes labels as one-hot rows.
 *
 * @param labels Shape `[batch]`, int32, in [0, classes).
 * @param classes Number of classes.
 * @returns Shape `[batch, classes]`, float32.
 * @throws {TypeError} If the labels are not int32.
 * @throws {RangeError} If a label is out of its range, which cannot be checked while a function is traced: its row is 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * assertEquals([...oneHot(tf.tensor1d([1], "int32"), 2).dataSync()], [0, 1]);
 * ```
 */
export function oneHot(labels: tf.Tensor1D, classes: number): tf.Tensor2D {
  expectLabelTensor(labels, classes);
  // TensorFlow.js requires at least two classes.
  if (classes === 1) return labels.equal(0).toFloat().expandDims(1);
  // With dtype float32, the WebAssembly kernel of tfjs 4.22 writes integer bit patterns, so the cast is separate.
  return expectRank(tf.oneHot(labels, classes).toFloat(), 2, "one-hot labels");
}
