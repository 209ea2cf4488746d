/**
 * Labels as vectors.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";

/**
 * One row for each label: 1 at its class, 0 elsewhere.
 *
 * @param labels Shape `[batch]`, int32, from 0.
 * @param classes Number of classes.
 * @returns Shape `[batch, classes]`, float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tf } from "../../deps/tfjs.ts";
 * import { engine } from "../engine.ts";
 *
 * await engine();
 * assertEquals([...oneHot(tf.tensor1d([1], "int32"), 2).dataSync()], [0, 1]);
 * ```
 */
export function oneHot(labels: tf.Tensor1D, classes: number): tf.Tensor2D {
  // TensorFlow.js takes two classes and more.
  if (classes === 1) return labels.equal(0).toFloat().expandDims(1);
  // Asked for floats at once, the WebAssembly kernel of tfjs 4.22 writes the bits of integers.
  return tf.oneHot(labels, classes).toFloat() as tf.Tensor2D;
}
