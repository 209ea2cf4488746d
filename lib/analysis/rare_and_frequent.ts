/**
 * Which classes play the rare and which the frequent part.
 *
 * @module
 */
import { type Group, GROUP_NAMES, type GroupBorders, groupOf } from "../data/groups.ts";

/** The classes that an analysis sets against each other. */
export interface RareAndFrequent {
  /** Group of the rare classes: `"tail"`, or `"medium"` where there is no Tail. */
  readonly rareGroup: Group;
  /** The rare classes, from 0. */
  readonly rare: readonly number[];
  /** Group of the frequent classes: `"head"`, or `"medium"` where there is no Head. */
  readonly frequentGroup: Group;
  /** The frequent classes, from 0. */
  readonly frequent: readonly number[];
  /** What a reader has to be told: that Medium plays a part that the paper gives to Tail or Head; else `null`. */
  readonly note: string | null;
}

/**
 * Sets the rarest group of classes against the most frequent one: Tail against Head, as in the paper's Table V.
 * Where there is no Tail, as in CIFAR-10-LT at imbalance 100, Medium plays the rare part, and `note` says so.
 *
 * @param counts Training images of each class.
 * @param testImages Test images of each class: those without any take no part. By default all take part.
 * @param borders Borders of Tail, Medium and Head.
 * @returns The classes of both groups.
 * @throws {RangeError} If all classes are of one group.
 *
 * @example CIFAR-10-LT at imbalance 100
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { rare, rareGroup, note } = rareAndFrequent([5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50]);
 * assertEquals([rareGroup, rare], ["medium", [8, 9]]);
 * assertEquals(note, "There is no Tail class: Medium plays the rare part.");
 * ```
 */
export function rareAndFrequent(
  counts: readonly number[],
  testImages: readonly number[] = counts.map(() => 1),
  borders?: GroupBorders,
): RareAndFrequent {
  const members: Record<Group, number[]> = { head: [], medium: [], tail: [] };
  counts.forEach((count, label) => {
    if (testImages[label] > 0) members[groupOf(count, borders)].push(label);
  });
  const filled = (["head", "medium", "tail"] as const).filter((group) => members[group].length > 0);
  if (filled.length < 2) {
    throw new RangeError(
      `Expected classes of at least two of Head, Medium and Tail but found ` +
        `${filled.map((group) => GROUP_NAMES[group]).join() || "none"}: take a longer tail`,
    );
  }
  const frequentGroup = filled[0], rareGroup = filled[filled.length - 1];
  const notes = [
    ...(rareGroup === "medium" ? ["There is no Tail class: Medium plays the rare part."] : []),
    ...(frequentGroup === "medium"
      ? ["There is no Head class: Medium plays the frequent part."]
      : []),
  ];
  return {
    rareGroup,
    rare: members[rareGroup],
    frequentGroup,
    frequent: members[frequentGroup],
    note: notes[0] ?? null,
  };
}
