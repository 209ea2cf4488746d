/**
 * What a network does behind a tap.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import type { Network } from "../nn/network.ts";

/** From parameters, statistics and the feature at a tap, `[batch, …]`, to the logits. */
export type RestOfNetwork = (params: Params, state: Params, feature: tf.Tensor) => tf.Tensor;

/**
 * The part of a network behind a tap. What leads to the tap is computed for one empty image only, and its
 * result replaced there; so it is right only where everything passes the tap ({@linkcode passesTap}).
 *
 * @param network The network.
 * @param tap Name of a tap that it has.
 * @param inputShape Shape of one input.
 * @returns The rest.
 */
export function restOfNetwork(
  network: Network,
  tap: string,
  inputShape: readonly number[],
): RestOfNetwork {
  return (params, state, feature) =>
    network.apply(params, state, tf.zeros([1, ...inputShape]), {
      training: false,
      tap: (name, computed) => name === tap ? feature : computed,
    }).y;
}

/** Some images' features at a tap, and what the whole network makes of them. */
export interface Probe {
  /** Shape `[images, …]`. */
  readonly feature: tf.Tensor;
  /** Shape `[images, classes]`. */
  readonly logits: tf.Tensor;
}

/**
 * Whether the rest of a network gives the logits of the whole, so that nothing goes around the tap.
 *
 * @param rest The rest.
 * @param params Parameters.
 * @param state Statistics.
 * @param probe Some images.
 */
export function passesTap(
  rest: RestOfNetwork,
  params: Params,
  state: Params,
  { feature, logits }: Probe,
): boolean {
  return tf.tidy(() => {
    try {
      return near(rest(params, state, feature), logits);
    } catch {
      // What goes around the tap has one image instead of all, so shapes may not fit.
      return false;
    }
  });
}

/** An affine map from features to logits. */
export interface AffineMap {
  /** Shape `[channels, classes]`, row by row. */
  readonly weight: Float32Array;
  /** Shape `[classes]`. */
  readonly bias: Float32Array;
}

/**
 * The rest of a network as one matrix, if it is affine: a linear classifier, with LR or without.
 *
 * @param rest The rest behind a tap with features `[channels]`.
 * @param params Parameters.
 * @param state Statistics.
 * @param probe Some images.
 * @returns The map, or `undefined` if the rest is not affine (a cosine classifier).
 */
export function affineRest(
  rest: RestOfNetwork,
  params: Params,
  state: Params,
  { feature, logits }: Probe,
): AffineMap | undefined {
  return tf.tidy(() => {
    const channels = feature.shape[1]!;
    const bias = rest(params, state, tf.zeros([1, channels]));
    const weight = rest(params, state, tf.eye(channels)).sub(bias);
    if (!near(feature.matMul(weight).add(bias), logits)) return undefined;
    return {
      weight: weight.dataSync() as Float32Array,
      bias: bias.dataSync() as Float32Array,
    };
  });
}

/** Rounding differs between one recording and another, and more so on GPUs. */
const TOLERANCE = 1e-3;

function near(found: tf.Tensor, expected: tf.Tensor): boolean {
  if (`${found.shape}` !== `${expected.shape}`) return false;
  const apart = found.sub(expected).abs().max().dataSync()[0];
  return apart <= TOLERANCE * (1e-3 + expected.abs().max().dataSync()[0]);
}
