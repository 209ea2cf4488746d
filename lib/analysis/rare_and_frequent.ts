/**
 * Choice of the rare and the frequent classes of an analysis.
 *
 * @module
 */
import { NotApplicableError } from "../core/errors.ts";
import { type Group, GROUP_NAMES, groupOf, GROUPS, type GroupThresholds } from "../data/groups.ts";

/** The rare and the frequent classes that an analysis compares. */
export interface RareAndFrequent {
  /** Group of the rare classes: `"tail"`, or `"medium"` if there is no Tail class. */
  readonly rareGroup: Group;
  /** The rare classes, numbered from 0. */
  readonly rare: readonly number[];
  /** Group of the frequent classes: `"head"`, or `"medium"` if there is no Head class. */
  readonly frequentGroup: Group;
  /** The frequent classes, numbered from 0. */
  readonly frequent: readonly number[];
  /** Note that Medium replaces Tail or Head of the paper; `null` if it does not. */
  readonly note: string | null;
}

/**
 * Chooses the rarest and the most frequent group of classes: Tail and Head, as in the paper's Table V. If there is no
 * Tail class, as in CIFAR-10-LT at imbalance 100, Medium serves as the rare group, and `note` says so.
 *
 * @param counts Number of training images per class.
 * @param testImages Number of test images per class; classes without test images are excluded. By default, no class is
 * excluded.
 * @param groupThresholds Thresholds of Tail, Medium and Head.
 * @returns The classes of both groups.
 * @throws {NotApplicableError} If all classes are in the same group.
 *
 * @example CIFAR-10-LT at imbalance 100
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rareAndFrequent } from "@nbn/toolkit/analysis";
 *
 * const { rare, rareGroup, note } = rareAndFrequent([5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50]);
 * assertEquals([rareGroup, rare], ["medium", [8, 9]]);
 * assertEquals(note, "There is no Tail class: Medium plays the rare part.");
 * ```
 */
export function rareAndFrequent(
  counts: readonly number[],
  testImages: readonly number[] = counts.map(() => 1),
  groupThresholds?: GroupThresholds,
): RareAndFrequent {
  const members: Record<Group, number[]> = { head: [], medium: [], tail: [] };
  counts.forEach((count, label) => {
    if (testImages[label] > 0) members[groupOf(count, groupThresholds)].push(label);
  });
  const filled = GROUPS.filter((group) => members[group].length > 0);
  if (filled.length < 2) {
    throw new NotApplicableError(
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
