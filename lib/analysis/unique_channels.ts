/**
 * Channels that are uniquely important for one class.
 *
 * @module
 */
import { expectMatrix } from "../core/shape.ts";
import type { ClassifierWeights } from "./classifier_weights.ts";

/** Options of {@linkcode uniqueChannels}. */
export interface UniqueChannelsOptions {
  /** The class, numbered from 0. */
  readonly label: number;
  /** Classes to compare with: all frequent ones, or the one that it is mistaken for. */
  readonly against: readonly number[];
  /**
   * Maximum number of channels to return.
   *
   * @default {an eighth of all, at least one}
   */
  readonly count?: number;
}

/**
 * Chooses the channels that are uniquely important for scoring a class (paper, section I, Figures 1 and 4): channels
 * whose classifier weight for the class is positive and exceeds the largest weight of all classes to compare with by
 * the widest margin. The paper does not state how many channels it takes.
 *
 * @param weights Weights from {@linkcode classifierWeights}.
 * @param options Class, classes to compare with, number of channels.
 * @returns Channels in descending order of margin; fewer than `count` if fewer have a positive one.
 * @throws {RangeError} If a class does not exist, or there is no other class to compare with.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { uniqueChannels } from "@nbn/toolkit/analysis";
 *
 * // Channel 0 serves both classes, channel 1 the first, channel 2 the second.
 * const weights = { values: Float32Array.of(5, 4, 2, -1, 0, 3), channels: 3, classes: 2 };
 * assertEquals(uniqueChannels(weights, { label: 0, against: [1], count: 1 }), [1]);
 * assertEquals(uniqueChannels(weights, { label: 1, against: [0], count: 2 }), [2]);
 * ```
 */
export function uniqueChannels(
  { values, channels, classes }: ClassifierWeights,
  { label, against, count = Math.max(1, Math.round(channels / 8)) }: UniqueChannelsOptions,
): number[] {
  expectMatrix(values, channels, classes, "weights");
  const others = against.filter((other) => other !== label);
  for (const one of [label, ...others]) {
    if (!Number.isInteger(one) || one < 0 || one >= classes) {
      throw new RangeError(`Expected classes from 0 to ${classes - 1} but found ${one}`);
    }
  }
  if (others.length === 0) {
    throw new RangeError(`Expected another class than ${label} to compare with but found none`);
  }
  const margins = Array.from({ length: channels }, (_, channel) => {
    const weight = (c: number) => values[channel * classes + c];
    const margin = weight(label) - Math.max(...others.map(weight));
    return { channel, margin: weight(label) > 0 ? margin : 0 };
  });
  return margins
    .filter(({ margin }) => margin > 0)
    .sort((a, b) => b.margin - a.margin)
    .slice(0, count)
    .map(({ channel }) => channel);
}
