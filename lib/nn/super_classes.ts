/**
 * Graphs of super-classes.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";

/**
 * Computes the weights of the edges between super-classes: σ(Σ_d w_d · |v_i − v_j|_d + b) for i ≠ j, and 0 for i = j.
 *
 * Source: the meta graph of Yao et al. 2020, Automated Relational Meta-learning, and its authors' code.
 *
 * @param vertices Shape `[superClasses, channels]`.
 * @param weight w, `[channels]`.
 * @param bias b, a scalar.
 * @returns Shape `[superClasses, superClasses]`, symmetric.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { superClassEdges } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const edges = superClassEdges(tf.tensor2d([[1], [3]]), tf.tensor1d([0]), tf.scalar(0));
 * assertEquals([...edges.dataSync()], [0, 0.5, 0.5, 0]);
 * ```
 */
export function superClassEdges(
  vertices: tf.Tensor2D,
  weight: tf.Tensor1D,
  bias: tf.Scalar,
): tf.Tensor2D {
  const distances = vertices.expandDims(1).sub(vertices.expandDims(0)).abs();
  const edges = distances.mul(weight).sum(2).add(bias).sigmoid();
  return edges.mul(tf.sub(1, tf.eye(vertices.shape[0])));
}

/**
 * Computes how much features belong to each super-class: the softmax over super-classes of −‖(z − v)/γ‖²/2.
 *
 * Source: the cross graph of Yao et al. 2020, Automated Relational Meta-learning, and its authors' code, where γ² is 8.
 *
 * @param features z, `[batch, channels]`.
 * @param vertices v, `[superClasses, channels]`.
 * @param spread γ, above 0.
 * @returns Shape `[batch, superClasses]`; the sum of each row is 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { superClassAttention } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const attention = superClassAttention(tf.tensor2d([[0]]), tf.tensor2d([[1], [-1]]));
 * assertEquals([...attention.dataSync()], [0.5, 0.5]);
 * ```
 */
export function superClassAttention(
  features: tf.Tensor2D,
  vertices: tf.Tensor2D,
  spread: number = Math.sqrt(8),
): tf.Tensor2D {
  // ‖z‖² is the same for all super-classes.
  const products = tf.matMul(features, vertices, false, true);
  return tf.softmax(products.sub(vertices.square().sum(1).div(2)).div(spread ** 2)) as tf.Tensor2D;
}
