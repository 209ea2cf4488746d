/**
 * Rare-specific, frequent-specific and common channels.
 *
 * @module
 */
import type { ChannelDrops } from "./channel_drops.ts";

/** Thresholds of {@linkcode channelGroups}, in percentage points of accuracy. */
export interface ChannelGroupsOptions {
  /**
   * A drop of at least so much counts as severe.
   *
   * @default {0.2}
   */
  readonly severe?: number;
  /**
   * A drop of at most so much, or a gain, counts as negligible.
   *
   * @default {0.05}
   */
  readonly negligible?: number;
}

/** Channels by what masking them alone does; every channel is in one list. */
export interface ChannelGroups {
  /** Severe for rare, negligible for frequent classes. */
  readonly rareSpecific: readonly number[];
  /** Severe for frequent, negligible for rare classes. */
  readonly frequentSpecific: readonly number[];
  /** Severe for both. */
  readonly common: readonly number[];
  /** The others. */
  readonly other: readonly number[];
}

/**
 * Sorts channels by the drops that masking each of them alone causes (paper, section IV-D). The paper does not
 * tell its thresholds.
 *
 * @param drops From {@linkcode channelDrops}.
 * @param options Thresholds.
 * @returns The channels of each group, in order.
 * @throws {RangeError} If a severe drop would be negligible.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const groups = channelGroups({ rare: [1, 0, 1, 0.1], frequent: [0, 1, 1, 0.1] });
 * assertEquals(groups, { rareSpecific: [0], frequentSpecific: [1], common: [2], other: [3] });
 * ```
 */
export function channelGroups(
  { rare, frequent }: Pick<ChannelDrops, "rare" | "frequent">,
  { severe = 0.2, negligible = 0.05 }: ChannelGroupsOptions = {},
): ChannelGroups {
  if (!(severe > negligible)) {
    throw new RangeError(
      `Expected a severe drop to be above a negligible one but found ${severe} and ${negligible}`,
    );
  }
  const groups: Record<keyof ChannelGroups, number[]> = {
    rareSpecific: [],
    frequentSpecific: [],
    common: [],
    other: [],
  };
  for (let channel = 0; channel < rare.length; channel++) {
    const ofRare = rare[channel], ofFrequent = frequent[channel];
    const group = ofRare >= severe && ofFrequent >= severe
      ? "common"
      : ofRare >= severe && ofFrequent <= negligible
      ? "rareSpecific"
      : ofFrequent >= severe && ofRare <= negligible
      ? "frequentSpecific"
      : "other";
    groups[group].push(channel);
  }
  return groups;
}
