/**
 * The state that a loss starts with, fitted to the network.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { type AnyLoss, stateful } from "../losses/loss.ts";
import type { Model } from "./predict.ts";

/** What is put through the network. */
export interface InitLossOptions {
  /** Images in a step. */
  readonly batch: number;
  /** Shape of one image. */
  readonly shape: readonly number[];
}

/**
 * Makes the state of a loss.
 *
 * @param loss Any loss.
 * @param model The network that it is to train.
 * @param options Batch and shape of the images.
 * @returns A tree of tensors, empty for a loss without a state.
 * @throws {TypeError} If the loss looks at features and the network does not show any.
 */
export function initLoss(
  loss: AnyLoss,
  model: Model,
  { batch, shape }: InitLossOptions,
): Params {
  const { init, uses = [] } = stateful(loss);
  return init({
    batch,
    channels: uses.includes("features") ? embeddingChannels(model, shape) : undefined,
  });
}

/** Channels of what the classifier gets, found by putting a black image through the network. */
function embeddingChannels(
  { network, params, state }: Model,
  shape: readonly number[],
): number {
  let found: readonly number[] | undefined;
  tf.tidy(() => {
    const tap = (name: string, feature: tf.Tensor) => {
      if (name === "embedding") found = feature.shape;
      return feature;
    };
    network.apply(params, state, tf.zeros([1, ...shape]), { training: false, tap });
  });
  if (found?.length === 2) return found[1];
  throw new TypeError(
    `Expected ${network.name} to have a tap "embedding" of [batch, channels], which the loss looks at, but ` +
      `found ${
        found ? `[${found}]` : "none"
      }: wrap the layer before the head in tapped("embedding", …)`,
  );
}
