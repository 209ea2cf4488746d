/**
 * Initial state of a loss, matched to the network.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { type InputSizes, LOSS_INPUTS, type LossInput, type LossInputs } from "../losses/inputs.ts";
import { type AnyLoss, stateful } from "../losses/loss.ts";
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
  return init({ batch, seed, ...lossInputSizes(uses, views, model, shape) });
}

/** Finds the sizes of the taps that a loss uses, by applying the network to black images. */
function lossInputSizes(
  uses: readonly LossInput[],
  views: number,
  { network, params, state }: Model,
  shape: readonly number[],
): InputSizes {
  const { tap, found } = lossTaps(uses);
  if (!tap) return {};
  // Some outputs exist only in training mode, where batch norm needs more than one image.
  const images = 2 * views;
  tf.tidy(() => {
    const labels = tf.zeros([images], "int32") as tf.Tensor1D;
    const black = tf.zeros([images, ...shape]);
    network.apply(params, state, black, { training: true, labels, tap });
  });
  const shown = found();
  return Object.assign({}, ...uses.map((input) => sizesOf(input, shown, network.name)));
}

/** Returns the sizes of an input that the state of a loss depends on, and throws if the network does not show it. */
function sizesOf(input: LossInput, shown: LossInputs, network: string): InputSizes {
  const { tap } = LOSS_INPUTS[input];
  if (!tap) return {};
  const { name, shape, advice, sizes } = tap, found = shown[input] as tf.Tensor | undefined;
  const isOne = typeof name === "string";
  if (found && !(isOne && found.shape.length !== 2)) return sizes?.(shown) ?? {};
  throw new TypeError(
    `Expected ${network} to have ${
      isOne ? `a tap "${name}" of ${shape}` : `taps ${shape}`
    }, which ` +
      `the loss looks at, but found ${found ? `[${found.shape}]` : "none"}: ${advice}`,
  );
}
