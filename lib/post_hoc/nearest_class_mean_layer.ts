/**
 * The nearest-class-mean classifier as a layer.
 *
 * @module
 */
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
 * import { rng } from "@nbn/toolkit/core";
 * import { engine } from "@nbn/toolkit/engine";
 * import { nearestClassMeanLayer } from "@nbn/toolkit/post_hoc";
 *
 * await engine();
 * const { state } = nearestClassMeanLayer().init(rng(0), { channels: 64, classes: 10 });
 * assertEquals(Object.keys(state), ["centre", "means", "known"]);
 * ```
 */
export function nearestClassMeanLayer(): FeatureModule {
  return {
    init: (_random, { channels, classes }) => ({
      params: {},
      state: {
        centre: tf.zeros([channels]),
        means: tf.zeros([classes, channels]),
        known: tf.scalar(0),
      },
    }),
    apply(_params, state, logits, features, { training }) {
      if (training) return { y: logits, state };
      const centre = state.centre as tf.Tensor1D, means = state.means as tf.Tensor2D;
      const scores = nearestClassMean(features, { centre, means });
      return { y: logits.add(scores.sub(logits).mul(state.known as tf.Scalar)), state };
    },
  };
}
