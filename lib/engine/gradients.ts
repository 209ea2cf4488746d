/**
 * Gradients with respect to a tree of parameters.
 *
 * @module
 */
import { flatten, type Params, unflatten } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";

/** What {@linkcode valueAndGradients} returns. */
export type ValueAndGradients = {
  /** The loss, a scalar. */
  loss: tf.Scalar;
  /** Auxiliary outputs of `fn`. */
  aux: Params;
  /** Gradient of the loss with respect to each parameter, in a tree of the same structure. */
  gradients: Params;
};

/**
 * Computes a loss and its gradients. Works eagerly and while a step is being traced.
 *
 * @param fn Maps parameters to the loss and auxiliary outputs (for instance new running statistics).
 * @param params Tree of parameters.
 * @returns Loss, auxiliary outputs and gradients; the gradient of a parameter without influence on the loss is 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf, valueAndGradients } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const { loss, gradients } = valueAndGradients(
 *   (params) => ({ loss: (params.x as tf.Tensor).square().sum() as tf.Scalar }),
 *   { x: tf.tensor1d([1, 3]) },
 * );
 * assertEquals(loss.dataSync()[0], 10);
 * assertEquals([...(gradients.x as tf.Tensor).dataSync()], [2, 6]);
 * ```
 */
export function valueAndGradients(
  fn: (params: Params) => { loss: tf.Scalar; aux?: Params },
  params: Params,
): ValueAndGradients {
  const entries = flatten(params);
  let aux: [string, tf.Tensor][] = [];
  const { value, grads } = tf.engine().gradients(
    () => {
      const result = fn(params);
      // The gradient tape frees all tensors but the loss, so the others are kept until they are copied below.
      aux = flatten(result.aux ?? {}).map(([path, tensor]) => [path, tf.keep(tensor.clone())]);
      return result.loss;
    },
    entries.map(([, tensor]) => tensor),
    undefined as never,
    true,
  );
  return {
    loss: value as tf.Scalar,
    aux: unflatten(aux.map(([path, kept]) => {
      const tensor = kept.clone();
      kept.dispose();
      return [path, tensor] as const;
    })),
    gradients: unflatten(
      entries.map(([path, tensor], i) => [path, grads[i] ?? tf.zerosLike(tensor)] as const),
    ),
  };
}
