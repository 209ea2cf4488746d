/**
 * Gradient clipping by the global norm.
 *
 * @module
 */
import { flatten, mapTree, type Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import type { GradientTransform } from "./transform.ts";

/** Added to the norm to avoid a division by zero, as in PyTorch. */
const EPSILON = 1e-6;

/** A clipped gradient. */
export interface Clipped {
  /** Clipped gradients, a tree of the same structure. */
  readonly gradients: Params;
  /** Global L2 norm before clipping, a scalar. */
  readonly norm: tf.Scalar;
}

/**
 * Multiplies a gradient by min(1, most / (norm + 1e-6)), as PyTorch's `clip_grad_norm_`, where the norm is the L2 norm
 * over all tensors. Works both eagerly and during tracing.
 *
 * Source: Pascanu et al. 2013, On the difficulty of training recurrent neural networks.
 *
 * @param gradients Tree of gradients; left unchanged.
 * @param max Upper bound of the norm, above 0.
 * @returns The clipped gradient, and its norm before clipping.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { flatten } from "@nbn/toolkit/core";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import type { GradientTransform } from "@nbn/toolkit/optim";
 *
 * await engine();
 * const { gradients, norm } = clipped({ a: tf.tensor1d([3]), b: tf.tensor1d([4]) }, 1);
 * assertAlmostEquals(norm.dataSync()[0], 5, 1e-6);
 * assertAlmostEquals(flatten(gradients)[1][1].dataSync()[0], 0.8, 1e-6);
 * ```
 */
export function clipped(gradients: Params, max: number): Clipped {
  // Sorted, because a resumed training has its parameters in the order of the checkpoint, and sums depend on the order.
  const squares = flatten(gradients).sort(([one], [other]) => one < other ? -1 : 1)
    .map(([, gradient]) => gradient.square().sum());
  const norm = tf.stack(squares).sum().sqrt() as tf.Scalar;
  const factor = tf.scalar(max).div(norm.add(EPSILON)).minimum(1);
  return { gradients: mapTree(gradients, (gradient) => gradient.mul(factor)), norm };
}

/**
 * Gradient clipping by the global norm, as a link of an optimizer; see {@linkcode clipped}.
 *
 * @param max Upper bound of the norm, above 0.
 * @returns The link.
 * @throws {RangeError} If the bound is not above 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { clipByNorm } from "@nbn/toolkit/optim";
 *
 * assertEquals(clipByNorm(1).description, { clipNorm: 1 });
 * ```
 */
export function clipByNorm(max: number): GradientTransform {
  if (!(max > 0)) throw new RangeError(`Expected clipNorm to be above 0 but found ${max}`);
  return {
    kind: "gradient",
    description: { clipNorm: max },
    apply: (gradients) => clipped(gradients, max).gradients,
  };
}
