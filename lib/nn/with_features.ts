/**
 * Networks followed by a module that reads features as well as logits.
 *
 * @module
 */
import { rng } from "../core/rng.ts";
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { embeddingOf } from "./embedding_of.ts";
import type { Mode } from "./module.ts";
import type { Network } from "./network.ts";
import type { Rng } from "../core/rng.ts";
import { branch } from "./sequential.ts";
import { within } from "./within.ts";

/** A module that computes new logits from the logits and the classifier's input. */
export interface FeatureModule {
  /**
   * Creates its parameters and state.
   *
   * @param random Random stream.
   * @param sizes Channels of the features and number of classes.
   */
  init(
    random: Rng,
    sizes: { readonly channels: number; readonly classes: number },
  ): { params: Params; state: Params };
  /**
   * Computes new logits, `[batch, classes]`.
   *
   * @param params Its parameters.
   * @param state Its running statistics.
   * @param logits Shape `[batch, classes]`.
   * @param features Shape `[batch, channels]`.
   * @param mode Training or evaluation.
   */
  apply(
    params: Params,
    state: Params,
    logits: tf.Tensor2D,
    features: tf.Tensor2D,
    mode: Mode,
  ): { y: tf.Tensor2D; state: Params };
}

/**
 * Appends a module that reads the network's logits and its tap `embedding`.
 *
 * @param network The network.
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
 *   init: () => ({ params: {}, state: {} }),
 *   apply: (_params, state, logits, features) => ({ y: logits.add(features.sum(1, true)), state }),
 * };
 * const net = withFeatures(resnetCifar({ depth: 8, classes: 10 }), "sum", sum);
 * assertEquals([net.name, net.init(0, [8, 8, 3]).outputShape], ["resnet8-sum", [10]]);
 * ```
 */
export function withFeatures(network: Network, name: string, module: FeatureModule): Network {
  return {
    name: `${network.name}-${name}`,
    init(seed, inputShape) {
      const first = network.init(seed, inputShape);
      if (name in first.params || name in first.state) {
        throw new RangeError(
          `Expected no part of ${network.name} to be called ${name}, as what is put behind it: rename it`,
        );
      }
      const channels = tf.tidy(() => {
        const black = tf.zeros([1, ...inputShape]);
        const mode = { training: false };
        return embeddingOf(network, first.params, first.state, black, mode).embedding.shape[1];
      });
      const [classes] = first.outputShape;
      const own = module.init(rng(seed).fork(name), { channels, classes });
      const placed = (tree: Params): Params => Object.keys(tree).length > 0 ? { [name]: tree } : {};
      return {
        params: { ...first.params, ...placed(own.params) },
        state: { ...first.state, ...placed(own.state) },
        outputShape: first.outputShape,
      };
    },
    apply(params, state, x, mode) {
      const { y: logits, state: next, embedding } = embeddingOf(network, params, state, x, mode);
      const own = module.apply(
        branch(params, name),
        branch(state, name),
        logits as tf.Tensor2D,
        embedding,
        within(mode, name),
      );
      const changed = Object.keys(own.state).length > 0 ? { [name]: own.state } : {};
      return { y: own.y, state: { ...next, ...changed } };
    },
  };
}
