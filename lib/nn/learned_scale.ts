/**
 * Logits scaled by learned factors.
 *
 * @module
 */
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
 * const { params } = layer.init(rng(0), [2]);
 * assertEquals([...(params.scale as tf.Tensor).dataSync()], [1, 1]);
 * ```
 */
export function learnedScale(): Module {
  return {
    init: (_rng, inputShape) => ({
      params: { scale: tf.ones([...inputShape]) },
      state: {},
      outputShape: [...inputShape],
    }),
    apply: (params, _state, x) => ({ y: x.mul(params.scale as tf.Tensor1D), state: {} }),
  };
}
