/**
 * Random channel groups, a baseline for chosen ones.
 *
 * @module
 */
import { rng } from "../core/rng.ts";
import type { ChannelGroups } from "./channel_groups.ts";

/**
 * Draws random groups of the same sizes as the given ones, without replacement. Masking them shows the accuracy drop to
 * expect by chance.
 *
 * @param groups Groups from {@linkcode channelGroups}.
 * @param seed Seed of the draw.
 * @returns Groups of the same sizes, channels in ascending order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomChannelGroups } from "@nbn/toolkit/analysis";
 *
 * const chosen = { rareSpecific: [4, 5], frequentSpecific: [0], common: [], other: [1, 2, 3] };
 * const { rareSpecific, frequentSpecific, common, other } = randomChannelGroups(chosen);
 * assertEquals([rareSpecific.length, frequentSpecific.length, common.length, other.length], [2, 1, 0, 3]);
 * ```
 */
export function randomChannelGroups(groups: ChannelGroups, seed = 0): ChannelGroups {
  const random = rng(seed).fork("channels");
  const { rareSpecific, frequentSpecific, common, other } = groups;
  const left = [rareSpecific, frequentSpecific, common, other].flat().sort((a, b) => a - b);
  const draw = ({ length }: readonly number[]) =>
    Array.from({ length }, () => left.splice(random.below(left.length), 1)[0])
      .sort((a, b) => a - b);
  return {
    rareSpecific: draw(rareSpecific),
    frequentSpecific: draw(frequentSpecific),
    common: draw(common),
    other: draw(other),
  };
}
