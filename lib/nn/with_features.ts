/**
 * Networks followed by a module that reads features as well as logits.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import { expectRank } from "../core/tensor_rank.ts";
import { compose } from "./compose.ts";
import { embeddingChannels, embeddingTap } from "./embedding_tap.ts";
import type { Module } from "./module.ts";
import { type Network, network } from "./network.ts";

/** Input of a {@linkcode FeatureModule}. */
export interface LogitsAndFeatures {
  /** Shape `[batch, classes]`. */
  readonly logits: tf.Tensor2D;
  /** Input of the classifier, `[batch, channels]`. */
  readonly features: tf.Tensor2D;
}

/** Sizes of the input of a {@linkcode FeatureModule}. */
export interface FeatureSizes {
  /** Channels of the features. */
  readonly channels: number;
  /** Number of classes. */
  readonly classes: number;
}

/** A module that computes new logits, `[batch, classes]`, from the logits and the classifier's input. */
export type FeatureModule = Module<LogitsAndFeatures, FeatureSizes>;

/**
 * Appends a module that reads the network's logits and its tap `embedding`.
 *
 * @param inner The network.
 * @param name First component of the paths of the module's parameters.
 * @param module The module.
 * @returns The extended network; the paths of the original parts are unchanged.
 * @throws {TypeError} When initialised or applied, if the network has no tap `embedding` of `[batch, channels]`.
 * @throws {RangeError} When initialised, if the name is one of the network's own parts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar, withFeatures } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const sum: FeatureModule = {
 *   init: (_random, { classes }) => ({ params: {}, state: {}, outputShape: [classes] }),
 *   apply: (_params, state, { logits, features }) => ({ y: logits.add(features.sum(1, true)), state }),
 * };
 * const net = withFeatures(resnetCifar({ depth: 8, classes: 10 }), "sum", sum);
 * assertEquals([net.name, net.init(0, [8, 8, 3]).outputShape], ["resnet8-sum", [10]]);
 * ```
 */
export function withFeatures(inner: Network, name: string, module: FeatureModule): Network {
  const extended = compose({
    base: inner,
    parts: { [name]: module },
    init({ base, part }, inputShape) {
      const made = base(inputShape);
      const [classes] = made.outputShape;
      return part(name, { channels: embeddingChannels(inner, made, inputShape), classes });
    },
    apply({ base, part }, x, mode) {
      const tap = embeddingTap(inner, mode);
      const logits = expectRank(base(x, tap.mode), 2, `the output of ${inner.name}`);
      return part(name, { logits, features: tap.embedding() });
    },
  });
  return network(extended, { name: `${inner.name}-${name}` });
}
