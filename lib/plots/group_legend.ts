/**
 * The legend of Head, Medium and Tail.
 *
 * @module
 */
import { type Group, GROUP_BORDERS, type GroupBorders, groupOf } from "../data/groups.ts";
import type { LegendEntry } from "./draw.ts";
import { groupColour } from "./theme.ts";

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
 * @param borders Borders of Tail, Medium and Head.
 * @returns An entry for each group that has a class.
 */
export function groupLegend(
  counts: readonly number[],
  borders: GroupBorders = GROUP_BORDERS,
): LegendEntry[] {
  const [least, most] = borders;
  const meaning: Readonly<Record<Group, string>> = {
    head: `Head (over ${most} images)`,
    medium: `Medium (${least} to ${most})`,
    tail: `Tail (under ${least})`,
  };
  const present = new Set(counts.map((count) => groupOf(count, borders)));
  return (["head", "medium", "tail"] as const)
    .filter((group) => present.has(group))
    .map((group) => ({ label: meaning[group], colour: groupColour(group) }));
}
