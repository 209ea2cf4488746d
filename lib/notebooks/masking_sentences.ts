/**
 * Sentences on the effect of masking channel groups.
 *
 * @module
 */
import type { MaskedGroup } from "../analysis/mask_groups.ts";
import type { RareAndFrequent } from "../analysis/rare_and_frequent.ts";
import { fixed, type Prose, prose } from "../plots/prose.ts";

/**
 * States the effect of masking each channel group on rare and on frequent classes, and whether it agrees with the name
 * of the group: masking rare-specific channels should cost rare classes more than frequent ones.
 *
 * @param rows Rows from {@linkcode maskGroups}.
 * @param classes Classes from {@linkcode rareAndFrequent}.
 * @returns One sentence per group.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { maskingSentences } from "@nbn/toolkit/notebooks";
 *
 * const drop = { all: 20, head: 0.5, medium: null, tail: 39.8 };
 * const row = { masked: "rare-specific" as const, channels: 7, all: 50, head: 90, medium: null, tail: 5, drop };
 * const [sentence] = maskingSentences([row], { rareGroup: "tail", frequentGroup: "head" });
 * assertEquals(
 *   sentence.text,
 *   "Without the 7 rare-specific channels rare classes lose 39.8 points and frequent ones lose 0.5: what the name says.",
 * );
 * ```
 */
export function maskingSentences(
  rows: readonly MaskedGroup[],
  { rareGroup, frequentGroup }: Pick<RareAndFrequent, "rareGroup" | "frequentGroup">,
): Prose[] {
  return rows.filter(({ masked }) => masked !== "none").map(({ masked, channels, drop }) => {
    if (channels === 0) {
      return prose`There are no ${masked} channels at these thresholds, so nothing was masked.`;
    }
    const rare = drop[rareGroup] ?? 0, frequent = drop[frequentGroup] ?? 0;
    const named = {
      "rare-specific": rare > frequent,
      "frequent-specific": frequent > rare,
      common: Math.min(rare, frequent) > 0,
    }[masked as Exclude<typeof masked, "none">];
    const [ofRare, ofFrequent] = [change(rare), change(frequent)];
    return prose`Without the ${channels} ${masked} channels rare classes ${ofRare} points and frequent ones ${ofFrequent}:
      ${named ? "what the name says." : "not what the name says. This network does not show it."}`;
  });
}

function change(points: number): Prose {
  return prose`${points < 0 ? "gain" : "lose"} ${fixed(Math.abs(points))}`;
}
