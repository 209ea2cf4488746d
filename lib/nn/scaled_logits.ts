/**
 * Logits scaled by fixed factors.
 *
 * @module
 */
import { expectTensors } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import type { Module } from "./module.ts";

/**
 * Multiplies the logit of each class by a factor, in training and in evaluation (inverse image frequency). The state
 * `factors` holds them, so that evaluating a checkpoint requires no class counts.
 *
 * @param factors One factor for each class, for instance `iifWeights(counts)`.
 * @returns The layer, from `[batch, classes]` to the same.
 * @throws {RangeError} When initialised, if there is not one factor for each class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { scaledLogits } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const layer = scaledLogits([1, 5]);
 * const { params, state } = layer.init(rng(0), [2]);
 * const { y } = layer.apply(params, state, tf.tensor2d([[2, 3]]), { training: false });
 * assertEquals([...y.dataSync()], [2, 15]);
 * ```
 */
export function scaledLogits(factors: readonly number[]): Module {
  return {
    init(_rng, inputShape) {
      if (`${inputShape}` !== `${factors.length}`) {
        throw new RangeError(
          `Expected logits of ${factors.length} classes, as many as factors, but found [${inputShape}]`,
        );
      }
      return {
        params: {},
        state: { factors: tf.tensor1d([...factors], "float32") },
        outputShape: [...inputShape],
      };
    },
    apply(_params, state, x) {
      return { y: x.mul(expectTensors(state, { factors: 1 }, "scaledLogits").factors), state };
    },
  };
}
