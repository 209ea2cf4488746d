/**
 * The legend of Head, Medium and Tail.
 *
 * @module
 */
import { type Group, GROUP_THRESHOLDS, groupOf, type GroupThresholds } from "../data/groups.ts";
import type { LegendEntry } from "./draw.ts";
import { groupColour } from "./theme.ts";

/** Display names of the groups. */
export const GROUP_NAMES: Readonly<Record<Group, string>> = {
  head: "Head",
  medium: "Medium",
  tail: "Tail",
};

/**
 * Creates legend entries for the groups that have classes.
 *
 * @param counts Number of training images per class.
 * @param borders Borders of Tail, Medium and Head.
 * @returns One entry per non-empty group.
 */
export function groupLegend(
  counts: readonly number[],
  borders: GroupThresholds = GROUP_THRESHOLDS,
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
