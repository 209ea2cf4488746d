/**
 * The state that a loss starts with, fitted to the network.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { type AnyLoss, type LossInput, type LossSizes, stateful } from "../losses/loss.ts";
import type { Model } from "./predict.ts";
import { lossTaps } from "./taps.ts";

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
 * @throws {TypeError} If the loss looks at features or experts and the network does not show any.
 */
export function initLoss(
  loss: AnyLoss,
  model: Model,
  { batch, shape }: InitLossOptions,
): Params {
  const { init, uses = [] } = stateful(loss);
  return init({ batch, ...shownTo(uses, model, shape) });
}

/** What the network shows of a black image. */
function shownTo(
  uses: readonly LossInput[],
  { network, params, state }: Model,
  shape: readonly number[],
): Omit<LossSizes, "batch"> {
  const { tap, found } = lossTaps(uses);
  if (!tap) return {};
  tf.tidy(() => {
    network.apply(params, state, tf.zeros([1, ...shape]), { training: false, tap });
  });
  const { features, experts } = found();
  if (uses.includes("features") && features?.shape.length !== 2) {
    throw new TypeError(
      `Expected ${network.name} to have a tap "embedding" of [batch, channels], which the loss looks at, ` +
        `but found ${features ? `[${features.shape}]` : "none"}: ` +
        `wrap the layer before the head in tapped("embedding", …)`,
    );
  }
  if (uses.includes("experts") && !experts) {
    throw new TypeError(
      `Expected ${network.name} to have taps "expert1/logits", "expert2/logits", …, which the loss looks ` +
        "at, but found none: take a network of several experts",
    );
  }
  return { channels: features?.shape[1], experts: experts?.length };
}
