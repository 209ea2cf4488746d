/**
 * Momentum update of a network's parameters.
 *
 * @module
 */
import { flatten, mapTree, type Params } from "../core/tree.ts";

/**
 * Returns the momentum network's parameters after a step: m · key + (1 − m) · query.
 *
 * Source: He et al. 2020, Momentum Contrast for Unsupervised Visual Representation Learning, equation 2.
 *
 * @param key Parameters of the momentum network.
 * @param query Parameters of the trained network, with the same paths.
 * @param momentum m, 0 to 1; 0.999 in PaCo.
 * @returns New parameters of the momentum network.
 * @throws {RangeError} If m is not from 0 to 1, or a path is missing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { momentumUpdate } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { x } = momentumUpdate({ x: tf.scalar(0) }, { x: tf.scalar(8) }, 0.75);
 * assertEquals((x as tf.Tensor).dataSync()[0], 2);
 * ```
 */
export function momentumUpdate(key: Params, query: Params, momentum = 0.999): Params {
  if (!(momentum >= 0 && momentum <= 1)) {
    throw new RangeError(`Expected momentum to be from 0 to 1 but found ${momentum}`);
  }
  const trained = new Map(flatten(query));
  return mapTree(key, (tensor, path) => {
    const other = trained.get(path);
    if (!other) throw new RangeError(`Expected parameters for ${path} but found none`);
    return tensor.mul(momentum).add(other.mul(1 - momentum));
  });
}
