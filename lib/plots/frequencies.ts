/**
 * Rare, common and frequent classes in figures: the colours of Tail, Medium and Head.
 *
 * @module
 */
import type { Frequency } from "../detection/lvis/dataset.ts";
import { FREQUENCIES, FREQUENCY_MEANINGS } from "../detection/lvis/frequency.ts";
import type { LegendEntry } from "./draw.ts";
import { groupColour } from "./theme.ts";

const GROUPS = { frequent: "head", common: "medium", rare: "tail" } as const;

/** Returns the colour of a group of classes, the same in every figure. */
export function frequencyColour(frequency: Frequency): string {
  return groupColour(GROUPS[frequency]);
}

/**
 * Creates legend entries for groups.
 *
 * @param present The groups that have classes.
 * @returns One entry per group.
 */
export function frequencyLegend(present: Iterable<Frequency>): LegendEntry[] {
  const found = new Set(present);
  return FREQUENCIES.filter((frequency) => found.has(frequency)).map((frequency) => ({
    label: `${frequency} (${FREQUENCY_MEANINGS[frequency]})`,
    colour: frequencyColour(frequency),
  }));
}
