/**
 * Logits times fixed factors.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import type { Module } from "./module.ts";
import { stateless } from "./sequential.ts";

/**
 * Multiplies the logit of each class by a factor, in training and at test (inverse image frequency).
 *
 * @param factors One for each class, for instance `iifWeights(counts)`.
 * @returns The layer, from `[batch, classes]` to the same.
 * @throws {RangeError} When initialised, if there is not one factor for each class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 *
 * await engine();
 * const { y } = scaledLogits([1, 5]).apply({}, {}, tf.tensor2d([[2, 3]]), { training: false });
 * assertEquals([...y.dataSync()], [2, 15]);
 * ```
 */
export function scaledLogits(factors: readonly number[]): Module {
  return stateless((x) => x.mul(tf.tensor1d([...factors], "float32")), (shape) => {
    if (`${shape}` === `${factors.length}`) return [...shape];
    throw new RangeError(
      `Expected logits of ${factors.length} classes, as many as factors, but found [${shape}]`,
    );
  });
}
