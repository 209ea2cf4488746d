/**
 * PaCo's network: queries, and keys computed by a momentum network.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { flatten, mapTree, type Params } from "../core/tree.ts";
import { detached } from "../engine/ops/mod.ts";
import { expectViews } from "./balanced_contrast.ts";
import { branch, compose } from "./compose.ts";
import { embeddingChannels, embeddingTap } from "./embedding_tap.ts";
import type { Module } from "./module.ts";
import { type Network, network } from "./network.ts";
import { projection } from "./projection.ts";

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

/**
 * Whether a part of a network's state is the momentum network, which follows from the parameters and not from images.
 *
 * @param path Path in the tree of the state.
 * @returns Whether it is.
 */
export function isMomentumNetwork(path: string): boolean {
  return /(^|\/)key\//.test(path);
}

/** Views of each training image: a query and a key. */
const VIEWS = 2;

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
 * @param inner A network with a tap `embedding`.
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
  inner: Network,
  { outputs = 32, momentum = 0.999 }: MomentumContrastOptions = {},
): Network {
  expectRange("from 0 to 1", { momentum });
  return network(withKeys(projected(inner, outputs), momentum), { name: `${inner.name}-paco` });
}

/** Adds a projection of the embedding, whose output is tapped as `projections` in training. */
function projected(inner: Network, outputs: number): Module {
  return compose({
    base: inner,
    parts: { projection: projection({ outputs }) },
    init({ base, part }, inputShape) {
      const made = base(inputShape);
      part("projection", [embeddingChannels(inner, made, inputShape)]);
      return made.outputShape;
    },
    apply({ base, part }, x, mode) {
      if (!mode.training) return base(x);
      const tap = embeddingTap(inner, mode), logits = base(x, tap.mode);
      const queries = part("projection", tap.embedding());
      mode.tap?.("projections", queries);
      return logits;
    },
  });
}

/** Adds a momentum network as the state `key`, whose projections of the second views are tapped as `keys`. */
function withKeys(query: Module, momentum: number): Module {
  return {
    init(random, inputShape) {
      const made = query.init(random, inputShape);
      return { ...made, state: { ...made.state, key: mapTree(made.params, (x) => x.clone()) } };
    },
    apply(params, { key, ...statistics }, x, mode) {
      if (!mode.training) {
        const { y, state } = query.apply(params, statistics, x, mode);
        return { y, state: { ...state, key } };
      }
      const batch = expectViews(x, VIEWS, "paco");
      const [first, second] = [0, 1].map((view) =>
        x.slice([view * batch, 0, 0, 0], [batch, ...x.shape.slice(1)])
      );
      const { y, state } = query.apply(params, statistics, first, mode);
      const next = momentumUpdate(branch({ key }, "key"), params, momentum);
      // Keys are normalised by batch statistics, so the momentum network needs no running statistics.
      query.apply(next, statistics, second, {
        training: true,
        spread: mode.spread,
        tap(name, feature) {
          if (name === "projections") mode.tap?.("keys", detached(feature));
          return feature;
        },
      });
      return { y, state: { ...state, key: next } };
    },
  };
}

/**
 * Returns the momentum network's parameters after a step: m · key + (1 − m) · query.
 *
 * Source: He et al. 2020, Momentum Contrast for Unsupervised Visual Representation Learning, equation 2.
 *
 * @param key Parameters of the momentum network.
 * @param query Parameters of the trained network, with the same paths.
 * @param momentum m, 0 to 1; 0.999 in PaCo.
 * @returns New parameters of the momentum network.
 * @throws {RangeError} If m is not from 0 to 1, or a path is missing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { momentumUpdate } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { x } = momentumUpdate({ x: tf.scalar(0) }, { x: tf.scalar(8) }, 0.75);
 * assertEquals((x as tf.Tensor).dataSync()[0], 2);
 * ```
 */
export function momentumUpdate(key: Params, query: Params, momentum = 0.999): Params {
  expectRange("from 0 to 1", { momentum });
  const trained = new Map(flatten(query));
  return mapTree(key, (tensor, path) => {
    const other = trained.get(path);
    if (!other) throw new RangeError(`Expected parameters for ${path} but found none`);
    return tensor.mul(momentum).add(other.mul(1 - momentum));
  });
}
