/**
 * The groups of LVIS, by the number of training images.
 *
 * @module
 */
import type { Frequency } from "./dataset.ts";

/** Largest number of training images of a rare and of a common class. */
const RARE = 10, COMMON = 100;

/** The groups from the most to the least frequent. */
export const FREQUENCIES: readonly Frequency[] = ["frequent", "common", "rare"];

/** What the groups mean. */
export const FREQUENCY_MEANINGS: Readonly<Record<Frequency, string>> = {
  frequent: `over ${COMMON} training images`,
  common: `${RARE + 1} to ${COMMON}`,
  rare: `up to ${RARE}`,
};

/**
 * Returns the group of a class.
 *
 * @param images Number of training images that show the class.
 * @returns The group.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([10, 11, 101].map(frequencyOf), ["rare", "common", "frequent"]);
 * ```
 */
export function frequencyOf(images: number): Frequency {
  return images <= RARE ? "rare" : images <= COMMON ? "common" : "frequent";
}
