/**
 * The order in which a traced function computes.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";
import { isForAccelerator, isTracing } from "../native.ts";
import { currentBackend } from "../tensorflow/current_backend.ts";

/**
 * Delays what a traced function computes from a tensor until others have been computed. TensorFlow runs an operation as
 * soon as its inputs are there, and so may allocate its result long before the memory of others is freed. Without effect
 * outside a trace, where operations run in the order of the program, and on accelerators, whose compilers choose it. Not
 * differentiable.
 *
 * @param x Any shape.
 * @param others What is computed before.
 * @returns The same values.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf, traced } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const run = traced((x: tf.Tensor) => computedAfter(x, [x.exp()]).add(1));
 * assertEquals([...(await run(tf.tensor1d([1, 2]))).dataSync()], [2, 3]);
 * run.dispose();
 * ```
 */
export function computedAfter<T extends tf.Tensor>(x: T, others: readonly tf.Tensor[]): T {
  if (!isTracing() || isForAccelerator()) return x;
  const backend = currentBackend();
  const [id, ...rest] = backend.ids([x, ...others]);
  return backend.tensor(backend.binding.recording!.after(id, rest)) as T;
}
