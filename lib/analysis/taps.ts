/**
 * The taps of a network: its intermediate features by name.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import type { Network } from "../nn/network.ts";
import type { Model } from "../train/predict.ts";

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
 * @param model Network, parameters, statistics; they stay the caller's.
 * @param inputShape Shape of one input without the batch, for instance a data set's `shape`.
 * @returns The taps in the order in which they are computed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine } from "../engine/engine.ts";
 * import { resnetCifar } from "../nn/resnet_cifar.ts";
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
 * Finds a tap by its name.
 *
 * @param model The network.
 * @param inputShape Shape of one input.
 * @param name Name of the tap.
 * @returns The tap.
 * @throws {RangeError} If there is none of that name; the message lists those that there are.
 */
export function findTap(model: Model, inputShape: readonly number[], name: string): Tap {
  const taps = listTaps(model, inputShape);
  const found = taps.find((tap) => tap.name === name);
  if (!found) throw unknownTap(name, model.network, taps.map((tap) => tap.name));
  return found;
}

/** What a network computes on the way, and what comes out. */
export interface Tapped {
  /** Features by the names of their taps. */
  readonly features: Record<string, tf.Tensor>;
  /** Shape `[batch, classes]`. */
  readonly logits: tf.Tensor;
}

/**
 * Applies a network in evaluation mode and keeps what passes some of its taps.
 *
 * @param network The network.
 * @param taps Names of the taps.
 * @returns A pure function of parameters, statistics and images.
 * @throws {RangeError} When called, if there is no tap of such a name.
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
 * The error for a tap that is not there.
 *
 * @param name Name that was asked for.
 * @param network Whose tap it should be.
 * @param known Names of the taps that there are.
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
