/**
 * Tensors from arrays that nothing else uses.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { execute, isNative, isTracing } from "./native.ts";
import { currentBackend } from "./tensorflow/current_backend.ts";

/**
 * Creates a tensor and frees the array. TensorFlow has its own copy of the values of a tensor, beside which an array of
 * large parameters would remain in memory until JavaScript collects it.
 *
 * @param values One value per element of the shape; afterwards the array is empty.
 * @param shape Shape of the tensor.
 * @returns A float32 tensor.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine } from "@nbn/toolkit/engine";
 *
 * await engine();
 * assertEquals([...ownedTensor(Float32Array.of(1, 2), [2]).dataSync()], [1, 2]);
 * ```
 */
export function ownedTensor(
  values: Float32Array<ArrayBuffer>,
  shape: readonly number[],
): tf.Tensor {
  const tensor = tf.tensor(values, [...shape]);
  if (!isNative() || isTracing() || currentBackend().accelerator) return tensor;
  // The values are copied when an operation first uses them; this one does not copy them again.
  const [copied] = execute("Identity", {}, [tensor], 1);
  tensor.dispose();
  values.buffer.transfer(0);
  return copied;
}
