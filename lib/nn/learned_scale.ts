/**
 * Logits scaled by learned factors.
 *
 * @module
 */
import { expectTensors } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import type { Module } from "./module.ts";

/**
 * Multiplies the logit of each class by a learned factor: learnable weight scaling (LWS), whose second stage trains
 * nothing else. The parameter `scale` is initialised to ones, which leaves the logits unchanged.
 *
 * Source: Kang et al. 2020, Decoupling Representation and Classifier, section 4.
 *
 * @returns The layer, from `[batch, classes]` to the same.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { learnedScale } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const layer = learnedScale();
 * const { params, state } = layer.init(rng(0), [2]);
 * const { y } = layer.apply(params, state, tf.tensor2d([[3, 4]]), { training: true });
 * assertEquals([...y.dataSync()], [3, 4]);
 * ```
 */
export function learnedScale(): Module {
  return {
    init: (_rng, inputShape) => ({
      params: { scale: tf.ones([...inputShape]) },
      state: {},
      outputShape: [...inputShape],
    }),
    apply(params, _state, x) {
      const { scale } = expectTensors(params, { scale: 1 }, "learnedScale");
      return { y: x.mul(scale), state: {} };
    },
  };
}
