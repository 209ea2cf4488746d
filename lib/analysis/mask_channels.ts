/**
 * Masking channels of a network.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import type { Model } from "../inference/predict.ts";
import { unknownTap } from "./taps.ts";

/** Options of {@linkcode maskChannels}. */
export interface MaskChannelsOptions {
  /**
   * Tap at which to mask the channels.
   *
   * @default {"embedding"}
   */
  readonly tap?: string;
}

/**
 * Masks channels of a network: layers after the tap see 0 in their place (paper, Table V).
 *
 * @param model Network, parameters and statistics; shared with the result, and disposed of by the caller.
 * @param channels Channels to mask, numbered from 0.
 * @param options The tap.
 * @returns The masked model, which can be evaluated like any other.
 * @throws {RangeError} When applied, if there is no such tap (the message lists the available ones) or channel.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { collectFeatures, maskChannels } from "@nbn/toolkit/analysis";
 * import { builtin } from "@nbn/toolkit/data";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { test } = builtin({ testImages: 1 });
 * const network = resnetCifar({ depth: 8, classes: 10 });
 * const masked = maskChannels({ network, ...network.init(0, test.shape) }, [5]);
 * const { embedding } = await collectFeatures(masked, test, { taps: ["embedding"] });
 * assertEquals(embedding.values[5], 0);
 * ```
 */
export function maskChannels<Given extends Model>(
  model: Given,
  channels: readonly number[],
  { tap = "embedding" }: MaskChannelsOptions = {},
): Given {
  const { network } = model;
  return {
    ...model,
    network: {
      ...network,
      apply(params, state, x, mode) {
        const names: string[] = [];
        const result = network.apply(params, state, x, {
          ...mode,
          tap(name, feature) {
            names.push(name);
            const masked = name === tap ? withoutChannels(feature, channels, tap) : feature;
            return mode.tap ? mode.tap(name, masked) : masked;
          },
        });
        if (!names.includes(tap)) throw unknownTap(tap, network, names);
        return result;
      },
    },
  };
}

function withoutChannels(
  feature: tf.Tensor,
  channels: readonly number[],
  tap: string,
): tf.Tensor {
  const mask = maskOf(channels, feature.shape[feature.rank - 1], tap);
  return tf.tidy(() => feature.mul(tf.tensor1d(mask)));
}

/**
 * Computes a mask over channels.
 *
 * @param masked Channels to mask.
 * @param channels Number of channels.
 * @param tap Name of the tap, for error messages.
 * @returns The mask, `[channels]`: 0 for masked channels, 1 for all others.
 * @throws {RangeError} If there is no such channel.
 */
export function maskOf(masked: readonly number[], channels: number, tap: string): Float32Array {
  const mask = new Float32Array(channels).fill(1);
  for (const channel of masked) {
    if (!(channel in mask)) {
      throw new RangeError(
        `Expected channels of ${tap} from 0 to ${channels - 1} but found ${channel}`,
      );
    }
    mask[channel] = 0;
  }
  return mask;
}
