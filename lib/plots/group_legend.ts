/**
 * The legend of Head, Medium and Tail.
 *
 * @module
 */
import { type Group, groupOf } from "../data/groups.ts";
import type { LegendEntry } from "./draw.ts";
import { groupColour } from "./theme.ts";

const MEANING: Readonly<Record<Group, string>> = {
  head: "Head (over 100 images)",
  medium: "Medium (20 to 100)",
  tail: "Tail (under 20)",
};

/** The groups as figures name them. */
export const GROUP_NAMES: Readonly<Record<Group, string>> = {
  head: "Head",
  medium: "Medium",
  tail: "Tail",
};

/**
 * Legend entries for the groups that classes belong to.
 *
 * @param counts Training images of each class.
 * @returns An entry for each group that has a class.
 */
export function groupLegend(counts: readonly number[]): LegendEntry[] {
  const present = new Set(counts.map((count) => groupOf(count)));
  return (["head", "medium", "tail"] as const)
    .filter((group) => present.has(group))
    .map((group) => ({ label: MEANING[group], colour: groupColour(group) }));
}
