/**
 * The part of a network after a tap.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import type { Network } from "../nn/network.ts";

/** Maps parameters, statistics and the feature at a tap, `[batch, …]`, to the logits. */
export type RestOfNetwork = (params: Params, state: Params, feature: tf.Tensor) => tf.Tensor;

/**
 * Returns the part of a network after a tap. The layers before the tap run on a single blank image, and their result is
 * replaced at the tap. This is correct only if no path bypasses the tap ({@linkcode passesTap}).
 *
 * @param network The network.
 * @param tap Name of an existing tap.
 * @param inputShape Shape of one input without the batch.
 * @returns A function from the feature at the tap to the logits.
 */
export function networkTail(
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

/** Features of some images at a tap, and the logits of the whole network for them. */
export interface Probe {
  /** Shape `[images, …]`. */
  readonly feature: tf.Tensor;
  /** Shape `[images, classes]`. */
  readonly logits: tf.Tensor;
}

/**
 * Checks that the part after the tap reproduces the logits of the whole network, so that no path bypasses the tap.
 *
 * @param rest The part of the network after the tap.
 * @param params Parameters.
 * @param state Statistics.
 * @param probe Features and logits of some images.
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
      // A path that bypasses the tap has batch size 1, so its shapes may not match.
      return false;
    }
  });
}

/**
 * Extracts the weight of the part after the tap, if it is an affine map: a linear classifier, with or without LR.
 *
 * @param rest The part of the network after a tap with features `[channels]`.
 * @param params Parameters.
 * @param state Statistics.
 * @param probe Features and logits of some images.
 * @returns Shape `[channels, classes]`, row-major; `undefined` if the part is not affine, as for a cosine classifier.
 */
export function affineWeight(
  rest: RestOfNetwork,
  params: Params,
  state: Params,
  { feature, logits }: Probe,
): Float32Array | undefined {
  return tf.tidy(() => {
    const channels = feature.shape[1]!;
    const bias = rest(params, state, tf.zeros([1, channels]));
    const weight = rest(params, state, tf.eye(channels)).sub(bias);
    if (!near(feature.matMul(weight).add(bias), logits)) return undefined;
    return weight.dataSync() as Float32Array;
  });
}

/** Relative tolerance: rounding differs between traced graphs, especially on GPUs. */
const TOLERANCE = 1e-3;

function near(found: tf.Tensor, expected: tf.Tensor): boolean {
  if (`${found.shape}` !== `${expected.shape}`) return false;
  const apart = found.sub(expected).abs().max().dataSync()[0];
  return apart <= TOLERANCE * (1e-3 + expected.abs().max().dataSync()[0]);
}
