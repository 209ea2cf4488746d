/**
 * DisAlign as a layer.
 *
 * @module
 */
import { expectTensors } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import { disalignLogits } from "../losses/disalign.ts";
import type { FeatureModule } from "../nn/with_features.ts";

/**
 * Applies {@linkcode disalignLogits} to a network's logits. The initial parameters `scale` (ones), `bias` (zeros),
 * `confidenceWeight` and `confidenceBias` (zeros, a confidence of one half) leave the logits unchanged.
 *
 * Source: Zhang et al. 2021, Distribution Alignment: A Unified Framework for Long-Tail Visual Recognition.
 *
 * @returns The module, for `withFeatures`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { engine } from "@nbn/toolkit/engine";
 * import { disalignLayer } from "@nbn/toolkit/post_hoc";
 *
 * await engine();
 * const { params } = disalignLayer().init(rng(0), { channels: 64, classes: 10 });
 * assertEquals(Object.keys(params), ["scale", "bias", "confidenceWeight", "confidenceBias"]);
 * ```
 */
export function disalignLayer(): FeatureModule {
  return {
    init: (_random, { channels, classes }) => ({
      outputShape: [classes],
      params: {
        scale: tf.ones([classes]),
        bias: tf.zeros([classes]),
        confidenceWeight: tf.zeros([channels, 1]),
        confidenceBias: tf.zeros([1]),
      },
      state: {},
    }),
    apply: (params, state, { logits, features }) => {
      const ranks = { scale: 1, bias: 1, confidenceWeight: 2, confidenceBias: 1 } as const;
      return {
        y: disalignLogits(logits, features, expectTensors(params, ranks, "disalign")),
        state,
      };
    },
  };
}
