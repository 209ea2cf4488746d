/**
 * Tensors out of the scopes of a network.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";

/**
 * Hands tensors that were kept within some scope to the scope around.
 *
 * @param kept Tensors that `tf.keep` has kept; they are used up.
 * @returns The same values, which the scope around frees.
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
