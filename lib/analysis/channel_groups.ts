/**
 * Rare-specific, frequent-specific and common channels.
 *
 * @module
 */
import type { ChannelDrops } from "./channel_drops.ts";

/** Thresholds of {@linkcode channelGroups}, in percentage points of accuracy. */
export interface ChannelGroupsOptions {
  /**
   * Lower bound of a severe drop, inclusive.
   *
   * @default {0.2}
   */
  readonly severe?: number;
  /**
   * Upper bound of a negligible drop, inclusive; a gain is negligible, too.
   *
   * @default {0.05}
   */
  readonly negligible?: number;
}

/** Channels grouped by the effect of masking each alone; every channel is in exactly one list. */
export interface ChannelGroups {
  /** Severe drop for rare, negligible drop for frequent classes. */
  readonly rareSpecific: readonly number[];
  /** Severe drop for frequent, negligible drop for rare classes. */
  readonly frequentSpecific: readonly number[];
  /** Severe drop for both. */
  readonly common: readonly number[];
  /** All other channels. */
  readonly other: readonly number[];
}

/**
 * Groups channels by the accuracy drops that masking each of them alone causes (paper, section IV-D). The paper does
 * not state its thresholds.
 *
 * @param drops Drops from {@linkcode channelDrops}.
 * @param options Thresholds.
 * @returns The channels of each group, in ascending order.
 * @throws {RangeError} If `severe` is not above `negligible`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { channelGroups } from "@nbn/toolkit/analysis";
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
