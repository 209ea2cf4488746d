/**
 * The nearest-class-mean classifier as a layer.
 *
 * @module
 */
import { expectTensors } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import type { FeatureModule } from "../nn/with_features.ts";
import { nearestClassMean } from "./nearest_class_mean.ts";

/**
 * Replaces a network's logits in evaluation by the scores of {@linkcode nearestClassMean}, once the state `centre`
 * and `means` is set to the result of `classMeans` and `known` to 1 (0 initially).
 *
 * Source: Kang et al. 2020, Decoupling Representation and Classifier for Long-Tailed Recognition.
 *
 * @returns The module, for `withFeatures`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "../core/rng.ts";
 * import { engine } from "../engine/engine.ts";
 *
 * await engine();
 * const { state } = nearestClassMeanLayer().init(rng(0), { channels: 64, classes: 10 });
 * assertEquals(Object.keys(state), ["centre", "means", "known"]);
 * ```
 */
export function nearestClassMeanLayer(): FeatureModule {
  return {
    init: (_random, { channels, classes }) => ({
      outputShape: [classes],
      params: {},
      state: {
        centre: tf.zeros([channels]),
        means: tf.zeros([classes, channels]),
        known: tf.scalar(0),
      },
    }),
    apply(_params, state, { logits, features }, { training }) {
      if (training) return { y: logits, state };
      const { known, ...means } = expectTensors(state, { centre: 1, means: 2, known: 0 }, "ncm");
      const scores = nearestClassMean(features, means);
      return { y: logits.add(scores.sub(logits).mul(known)), state };
    },
  };
}
