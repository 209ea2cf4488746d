/**
 * PaCo's network: queries, and keys computed by a momentum network.
 *
 * @module
 */
import { rng } from "../core/rng.ts";
import { mapTree, type Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { detached } from "../engine/ops/mod.ts";
import { expectViews } from "./balanced_contrast.ts";
import { embeddingOf } from "./embedding_of.ts";
import type { Mode } from "./module.ts";
import { momentumUpdate } from "./momentum_update.ts";
import type { Network } from "./network.ts";
import { projection } from "./projection.ts";
import { branch } from "./sequential.ts";
import { within } from "./within.ts";

/** Options of {@linkcode momentumContrast}. */
export interface MomentumContrastOptions {
  /**
   * Channels of the projections.
   *
   * @default {32; for ResNet-50 and ResNeXt-50: 128}
   */
  outputs?: number;
  /**
   * Momentum of the key network's parameters, in [0, 1].
   *
   * @default {0.999}
   */
  momentum?: number;
}

/** Views of each training image: a query and a key. */
const VIEWS = 2;

const TRAINING: Mode = { training: true };

/**
 * Adds PaCo's projection and momentum network to a network.
 *
 * In training, the input holds two views of each image, `[2 · batch, …]`, all first views before all second ones, and
 * the output is the logits of the first views. The tap `projections` `[batch, outputs]` gets their projections, the
 * tap `keys` those of the second views by a momentum network of the same form, through which no gradient flows. The
 * momentum network's parameters are the state `key`; in every step they are first moved towards the trained ones by
 * the fraction 1 − momentum. In evaluation, the network is unchanged. Train it with `paco()`.
 *
 * Source: Cui et al. 2021, Parametric Contrastive Learning, and its authors' code; He et al. 2020, Momentum Contrast
 * for Unsupervised Visual Representation Learning, equation 2.
 *
 * @param network A network with a tap `embedding`.
 * @param options Projection, momentum.
 * @returns The network, with its paths unchanged, the new part `projection` and the new state `key`.
 * @throws {RangeError} If the momentum is not from 0 to 1; when applied in training, if the batch does not consist of
 * two views.
 * @throws {TypeError} If there is no tap `embedding`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { momentumContrast, resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const net = momentumContrast(resnetCifar({ depth: 8, classes: 10 }));
 * const { params, state } = net.init(0, [8, 8, 3]);
 * const { y } = net.apply(params, state, tf.zeros([4, 8, 8, 3]), { training: true });
 * assertEquals(y.shape, [2, 10]);
 * ```
 */
export function momentumContrast(
  network: Network,
  { outputs = 32, momentum = 0.999 }: MomentumContrastOptions = {},
): Network {
  if (!(momentum >= 0 && momentum <= 1)) {
    throw new RangeError(`Expected momentum to be from 0 to 1 but found ${momentum}`);
  }
  const layerOf = (channels: number) => projection({ hidden: channels, outputs });
  const project = (params: Params, state: Params, embedding: tf.Tensor2D, mode: Mode) =>
    layerOf(embedding.shape[1]).apply(
      branch(params, "projection"),
      branch(state, "projection"),
      embedding,
      within(mode, "projection"),
    );
  return {
    name: `${network.name}-paco`,
    init(seed, inputShape) {
      const made = network.init(seed, inputShape);
      const channels = channelsOf(network, made, inputShape);
      const own = layerOf(channels).init(rng(seed).fork("projection"), [channels]);
      const params = { ...made.params, projection: own.params };
      const key = mapTree(params, (tensor) => tensor.clone());
      const state = { ...made.state, projection: own.state, key };
      return { params, state, outputShape: made.outputShape };
    },
    apply(params, state, x, mode) {
      const { key, ...statistics } = state;
      if (!mode.training) {
        return { y: network.apply(params, statistics, x, mode).y, state };
      }
      const batch = expectViews(x, VIEWS, "paco");
      const [queries, keys] = [0, 1].map((view) =>
        x.slice([view * batch, 0, 0, 0], [batch, ...x.shape.slice(1)])
      );
      const trained = embeddingOf(network, params, statistics, queries, mode);
      const projected = project(params, statistics, trained.embedding, mode);
      mode.tap?.("projections", projected.y);
      const next = momentumUpdate(key as Params, params, momentum);
      // Keys are normalised by batch statistics, so the momentum network needs no running statistics.
      const slow = embeddingOf(network, next, statistics, keys, TRAINING);
      mode.tap?.("keys", detached(project(next, statistics, slow.embedding, TRAINING).y));
      return {
        y: trained.y,
        state: { ...trained.state, projection: projected.state, key: next },
      };
    },
  };
}

/** Number of channels of the classifier's input. */
function channelsOf(
  network: Network,
  { params, state }: { params: Params; state: Params },
  inputShape: readonly number[],
): number {
  return tf.tidy(() => {
    const black = tf.zeros([1, ...inputShape]);
    return embeddingOf(network, params, state, black, { training: false }).embedding.shape[1];
  });
}
