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
 * @throws {TypeError} If the loss is not a scalar, or an operation between parameters and loss has no gradient.
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
  const { value, grads } = gradients(
    () => {
      const { loss, aux = {} as Aux } = fn(params);
      if (loss.rank !== 0) {
        throw new TypeError(
          `Expected the loss to be a scalar but found shape [${loss.shape}]: ` +
            "reduce it, for instance by the mean over the batch",
        );
      }
      const flat = flattenTensors(aux, "the auxiliary outputs");
      restoreAux = flat.restore;
      // The gradient tape frees all tensors but the loss, so the others are kept until they are copied below.
      kept = flat.tensors.map((tensor) => tf.keep(tensor.clone()));
      return loss;
    },
    tensors,
  );
  const copies = kept.map((tensor) => tensor.clone());
  tf.dispose(kept);
  return {
    loss: value,
    aux: restoreAux(copies),
    gradients: restore(tensors.map((tensor, i) => grads[i] ?? tf.zerosLike(tensor))),
  };
}

/** Differentiates a function by tensors, which need not all take part. */
function gradients(fn: () => tf.Scalar, tensors: tf.Tensor[]) {
  try {
    return tf.engine().gradients<tf.Scalar>(fn, tensors, undefined as never, true);
  } catch (cause) {
    freeTape();
    const operation = /gradient function not found for (\w+)/.exec((cause as Error).message)?.[1];
    if (operation === undefined) throw cause;
    throw new TypeError(
      `Expected every operation between parameters and loss to have a gradient but found none for ${operation}: ` +
        "compute what needs no gradient within detachedFrom()",
      { cause },
    );
  }
}

/** Frees what operations have saved for the backward pass, which TensorFlow.js does only if nothing was thrown. */
function freeTape(): void {
  const { state } = tf.engine();
  if (state.gradientDepth > 0) return;
  for (const { saved } of state.activeTape ?? []) tf.dispose(saved ?? []);
  state.activeTape = [];
}

/** Whether TensorFlow.js is recording operations for a gradient. */
export function isTapeOn(): boolean {
  return (tf.engine() as unknown as { isTapeOn(): boolean }).isTapeOn();
}

/**
 * Runs a function as if no gradient were being computed around it, so that it can compute gradients of its own even within
 * an operation with a custom gradient, where TensorFlow.js records nothing.
 *
 * @param fn The function.
 * @returns Its result.
 */
export function withOwnTape<Result>(fn: () => Result): Result {
  const { state } = tf.engine();
  const { activeTape, gradientDepth, kernelDepth } = state;
  Object.assign(state, { activeTape: undefined, gradientDepth: 0, kernelDepth: 0 });
  try {
    return fn();
  } finally {
    Object.assign(state, { activeTape, gradientDepth, kernelDepth });
  }
}
