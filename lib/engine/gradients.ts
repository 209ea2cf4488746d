/**
 * Gradients with respect to a tree of parameters.
 *
 * @module
 */
import { flattenTensors, type Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";

/** What {@linkcode valueAndGradients} returns. */
export type ValueAndGradients<Values extends Params = Params, Aux extends Params = Params> = {
  /** The loss, a scalar. */
  loss: tf.Scalar;
  /** Auxiliary outputs of `fn`. */
  aux: Aux;
  /** Gradient of the loss with respect to each parameter, in a tree of the same structure. */
  gradients: Values;
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
 * const params = { x: tf.tensor1d([1, 3]) };
 * const { loss, gradients } = valueAndGradients(({ x }) => ({ loss: x.square().sum() }), params);
 * assertEquals(loss.dataSync()[0], 10);
 * assertEquals([...gradients.x.dataSync()], [2, 6]);
 * ```
 */
export function valueAndGradients<Values extends Params, Aux extends Params>(
  fn: (params: Values) => { loss: tf.Scalar; aux?: Aux },
  params: Values,
): ValueAndGradients<Values, Aux> {
  const { tensors, restore } = flattenTensors(params, "the parameters");
  let restoreAux!: (tensors: tf.Tensor[]) => Aux, kept: tf.Tensor[] = [];
  const { value, grads } = tf.engine().gradients<tf.Scalar>(
    () => {
      const { loss, aux = {} as Aux } = fn(params);
      const flat = flattenTensors(aux, "the auxiliary outputs");
      restoreAux = flat.restore;
      // The gradient tape frees all tensors but the loss, so the others are kept until they are copied below.
      kept = flat.tensors.map((tensor) => tf.keep(tensor.clone()));
      return loss;
    },
    tensors,
    undefined as never,
    true,
  );
  const copies = kept.map((tensor) => tensor.clone());
  tf.dispose(kept);
  return {
    loss: value,
    aux: restoreAux(copies),
    gradients: restore(tensors.map((tensor, i) => grads[i] ?? tf.zerosLike(tensor))),
  };
}
