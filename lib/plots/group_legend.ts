/**
 * The legend of Head, Medium and Tail.
 *
 * @module
 */
import {
  type Group,
  GROUP_THRESHOLDS,
  groupOf,
  GROUPS,
  type GroupThresholds,
} from "../data/groups.ts";
import type { LegendEntry } from "./draw.ts";
import { groupColour } from "./theme.ts";

/**
 * Creates legend entries for the groups that have classes.
 *
 * @param counts Number of training images per class.
 * @param groupThresholds Thresholds of Tail, Medium and Head.
 * @returns One entry per non-empty group.
 */
export function groupLegend(
  counts: readonly number[],
  groupThresholds: GroupThresholds = GROUP_THRESHOLDS,
): LegendEntry[] {
  const [min, max] = groupThresholds;
  const meaning: Readonly<Record<Group, string>> = {
    head: `Head (over ${max} images)`,
    medium: `Medium (${min} to ${max})`,
    tail: `Tail (under ${min})`,
  };
  const present = new Set(counts.map((count) => groupOf(count, groupThresholds)));
  return GROUPS.filter((group) => present.has(group))
    .map((group) => ({ label: meaning[group], colour: groupColour(group) }));
}
