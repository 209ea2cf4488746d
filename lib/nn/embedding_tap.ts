/**
 * Access to a network's embedding: the input of its classifier.
 *
 * @module
 */
import { expectRank } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import type { Initialised, Mode } from "./module.ts";
import type { Network } from "./network.ts";

/** A mode that collects the embedding. */
export interface EmbeddingTap {
  /** Mode in which to apply the network once. */
  readonly mode: Mode;
  /**
   * Returns the embedding, once the network has been applied.
   *
   * @returns Shape `[batch, channels]`.
   * @throws {TypeError} If the network has no tap `embedding` of `[batch, channels]`.
   */
  embedding(): tf.Tensor2D;
}

/**
 * Creates a mode that collects the feature at a network's tap `embedding`.
 *
 * @param network The network, for the error message.
 * @param mode Its mode, whose own tap is called first and may change features.
 * @returns The mode, and access to the embedding.
 */
export function embeddingTap({ name }: Network, mode: Mode): EmbeddingTap {
  let found: tf.Tensor | undefined;
  return {
    mode: {
      ...mode,
      tap(tapped, feature) {
        const used = mode.tap ? mode.tap(tapped, feature) : feature;
        if (tapped === "embedding") found = used;
        return used;
      },
    },
    embedding() {
      if (found?.rank === 2) return expectRank(found, 2, "the embedding");
      throw new TypeError(
        `Expected ${name} to have a tap "embedding" of [batch, channels] but found ${
          found ? `[${found.shape}]` : "none"
        }: wrap the layer before the head in withTap("embedding", …)`,
      );
    },
  };
}

/**
 * Returns the number of channels of a network's embedding.
 *
 * @param network The network.
 * @param made Its initial parameters and state.
 * @param inputShape Shape of one input without the batch.
 * @returns Number of channels.
 * @throws {TypeError} If the network has no tap `embedding` of `[batch, channels]`.
 */
export function embeddingChannels(
  network: Network,
  { params, state }: Initialised,
  inputShape: readonly number[],
): number {
  return tf.tidy(() => {
    const tap = embeddingTap(network, { training: false });
    network.apply(params, state, tf.zeros([1, ...inputShape]), tap.mode);
    return tap.embedding().shape[1];
  });
}
