/**
 * Moving kept tensors into the enclosing scope.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";

/**
 * Moves tensors kept by `tf.keep` into the current scope.
 *
 * @param kept Tensors kept by `tf.keep`, which are disposed.
 * @returns The same values in new tensors, which the current scope disposes.
 */
export function released(kept: ReadonlyMap<string, tf.Tensor>): Map<string, tf.Tensor> {
  return new Map(
    [...kept].map(([name, tensor]) => {
      const free = tensor.clone();
      tensor.dispose();
      return [name, free];
    }),
  );
}
