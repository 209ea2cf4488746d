/**
 * The taps of a network: its intermediate features by name.
 *
 * @module
 */
import { elementsOf } from "../core/shape.ts";
import { didYouMean } from "../core/did_you_mean.ts";
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import type { Network } from "../nn/network.ts";
import type { Model } from "../inference/predict.ts";

/** An intermediate feature of a network. */
export interface Tap {
  /** Its name, for instance `stage3/block5` or `embedding`. */
  readonly name: string;
  /** Its shape without the batch: `[height, width, channels]` or `[channels]`. */
  readonly shape: readonly number[];
}

/**
 * Lists the taps of a network.
 *
 * @param model Network, parameters and statistics; the caller disposes of them.
 * @param inputShape Shape of one input without the batch, for instance a data set's `shape`.
 * @returns The taps in the order in which they are computed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { listTaps } from "@nbn/toolkit/analysis";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const network = resnetCifar({ depth: 8, classes: 10 });
 * const taps = listTaps({ network, ...network.init(0, [32, 32, 3]) }, [32, 32, 3]);
 * assertEquals(taps.map(({ name }) => name), [
 *   "stem", "stage1/block1", "stage2/block1", "stage3/block1", "embedding", "logits",
 * ]);
 * assertEquals(taps[3].shape, [8, 8, 64]);
 * ```
 */
export function listTaps({ network, params, state }: Model, inputShape: readonly number[]): Tap[] {
  elementsOf(inputShape);
  const found: Tap[] = [];
  tf.tidy(() => {
    network.apply(params, state, tf.zeros([1, ...inputShape]), {
      training: false,
      tap(name, feature) {
        found.push({ name, shape: feature.shape.slice(1) });
        return feature;
      },
    });
  });
  return found;
}

/**
 * Finds a tap by name.
 *
 * @param model The network.
 * @param inputShape Shape of one input without the batch.
 * @param name Name of the tap.
 * @returns The tap.
 * @throws {RangeError} If there is no tap of that name; the message lists the available ones.
 */
export function findTap(model: Model, inputShape: readonly number[], name: string): Tap {
  const taps = listTaps(model, inputShape);
  const found = taps.find((tap) => tap.name === name);
  if (!found) throw unknownTap(name, model.network, taps.map((tap) => tap.name));
  return found;
}

/** Intermediate features and output of a network. */
export interface Tapped {
  /** Features keyed by tap name. */
  readonly features: Record<string, tf.Tensor>;
  /** Shape `[batch, classes]`. */
  readonly logits: tf.Tensor;
}

/**
 * Returns a function that applies a network in evaluation mode and collects the features at some of its taps.
 *
 * @param network The network.
 * @param taps Names of the taps.
 * @returns A pure function from parameters, statistics and images to features and logits.
 * @throws {RangeError} When called, if a tap does not exist.
 */
export function tappedNetwork(
  network: Network,
  taps: readonly string[],
): (params: Params, state: Params, images: tf.Tensor) => Tapped {
  return (params, state, images) => {
    const all = new Map<string, tf.Tensor>();
    const { y: logits } = network.apply(params, state, images, {
      training: false,
      tap(name, feature) {
        all.set(name, feature);
        return feature;
      },
    });
    const features = taps.map((name) => {
      const feature = all.get(name);
      if (!feature) throw unknownTap(name, network, [...all.keys()]);
      return [name, feature] as const;
    });
    return { features: Object.fromEntries(features), logits };
  };
}

/**
 * Creates the error for an unknown tap.
 *
 * @param name The unknown name.
 * @param network Network that was expected to have it.
 * @param known Names of the existing taps.
 */
export function unknownTap(
  name: string,
  network: Network,
  known: readonly string[],
): RangeError {
  return new RangeError(
    `Expected a tap of ${network.name} (${known.join(", ") || "it has none"}) but found "${name}"` +
      didYouMean(name, known),
  );
}
