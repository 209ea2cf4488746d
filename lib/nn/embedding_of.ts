/**
 * Embeddings: inputs of a network's classifier.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import type { Mode } from "./module.ts";
import type { Network } from "./network.ts";

/** A network's output and the embedding it is computed from. */
export interface WithEmbedding {
  /** Output of the network. */
  readonly y: tf.Tensor;
  /** New state of the network. */
  readonly state: Params;
  /** Input of the classifier, `[batch, channels]`. */
  readonly embedding: tf.Tensor2D;
}

/**
 * Applies a network and also returns the feature at its tap `embedding`.
 *
 * @param network The network.
 * @param params Its parameters.
 * @param state Its running statistics.
 * @param x Images, the batch first.
 * @param mode Its mode, whose own tap is called first and may change features.
 * @returns Output, state, embedding.
 * @throws {TypeError} If the network has no tap `embedding` of `[batch, channels]`.
 */
export function embeddingOf(
  network: Network,
  params: Params,
  state: Params,
  x: tf.Tensor,
  mode: Omit<Mode, "shared">,
): WithEmbedding {
  let embedding: tf.Tensor | undefined;
  const tap = (name: string, feature: tf.Tensor) => {
    const used = mode.tap ? mode.tap(name, feature) : feature;
    if (name === "embedding") embedding = used;
    return used;
  };
  const result = network.apply(params, state, x, { ...mode, tap });
  if (embedding?.rank === 2) return { ...result, embedding: embedding as tf.Tensor2D };
  throw new TypeError(
    `Expected ${network.name} to have a tap "embedding" of [batch, channels] but found ${
      embedding ? `[${embedding.shape}]` : "none"
    }: wrap the layer before the head in withTap("embedding", …)`,
  );
}
