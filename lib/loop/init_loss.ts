/**
 * Initial state of a loss, matched to the network.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { type AnyLoss, type LossInput, type LossSizes, stateful } from "../losses/loss.ts";
import type { Model } from "../inference/predict.ts";
import { lossTaps } from "./taps.ts";

/** Options of {@linkcode initLoss}. */
export interface InitLossOptions {
  /** Batch size. */
  readonly batch: number;
  /** Shape of one image. */
  readonly shape: readonly number[];
  /**
   * Seed of the initial state.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/**
 * Creates the state of a loss.
 *
 * @param loss Any loss.
 * @param model The network to train.
 * @param options Batch size, shape of the images, seed.
 * @returns A tree of tensors, empty for a loss without a state.
 * @throws {TypeError} If the network lacks a tap that the loss uses.
 */
export function initLoss(
  loss: AnyLoss,
  model: Model,
  { batch, shape, seed = 0 }: InitLossOptions,
): Params {
  const { init, uses = [], views = 1 } = stateful(loss);
  return init({ batch, seed, ...shownTo(uses, views, model, shape) });
}

/** Finds the sizes of the taps that a loss uses, by applying the network to black images. */
function shownTo(
  uses: readonly LossInput[],
  views: number,
  { network, params, state }: Model,
  shape: readonly number[],
): Omit<LossSizes, "batch"> {
  const { tap, found } = lossTaps(uses);
  if (!tap) return {};
  // Outputs over several views exist only in training mode, where batch norm needs more than one image.
  const training = views > 1;
  tf.tidy(() => {
    const black = tf.zeros([training ? 2 * views : 1, ...shape]);
    network.apply(params, state, black, { training, tap });
  });
  const shown = found();
  if (uses.includes("features") && shown.features?.shape.length !== 2) {
    throw new TypeError(
      `Expected ${network.name} to have a tap "embedding" of [batch, channels], which the loss looks at, ` +
        `but found ${shown.features ? `[${shown.features.shape}]` : "none"}: ` +
        `wrap the layer before the head in withTap("embedding", …)`,
    );
  }
  for (const [input, advice] of Object.entries(ADVICE)) {
    if (uses.includes(input as LossInput) && !shown[input as keyof typeof shown]) {
      throw new TypeError(
        `Expected ${network.name} to have ${
          TAPS[input] ?? `a tap "${input}"`
        }, which the loss looks at, ` +
          `but found none: ${advice}`,
      );
    }
  }
  return {
    channels: shown.features?.shape[1],
    experts: shown.experts?.length,
    projections: shown.projections?.shape[1],
  };
}

/** Advice for error messages about missing taps. */
const ADVICE: Readonly<Record<string, string>> = {
  experts: "take a network of several experts, as ride() makes",
  routes: "take a network of routed experts, as routedExperts() makes",
  projections: "take a network of balancedContrast() or momentumContrast()",
  prototypes: "take a network of balancedContrast()",
  keys: "take a network of momentumContrast()",
};

const TAPS: Readonly<Record<string, string>> = {
  experts: 'taps "expert1/logits", "expert2/logits", …',
};
