/**
 * Head, Medium and Tail: class groups by number of training images.
 *
 * @module
 */

/** Group of classes by number of training images. */
export type Group = "head" | "medium" | "tail";

/** The groups, from frequent to rare. */
export const GROUPS: readonly Group[] = ["head", "medium", "tail"];

/** Display name of each group. */
export const GROUP_NAMES: Readonly<Record<Group, string>> = {
  head: "Head",
  medium: "Medium",
  tail: "Tail",
};

/** Smallest and largest number of training images of a Medium class, inclusive: Tail has fewer, Head more. */
export type GroupThresholds = readonly [min: number, max: number];

/** Common thresholds in the literature. */
export const GROUP_THRESHOLDS: GroupThresholds = [20, 100];

/**
 * Returns the group of a class. By default, Head has more than 100 training images, Medium 20 to 100, Tail fewer than
 * 20.
 *
 * @param count Training images of the class.
 * @param groupThresholds Smallest and largest number of images of Medium.
 * @returns Its group.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { groupOf } from "@nbn/toolkit/data";
 *
 * assertEquals([101, 100, 20, 19].map((count) => groupOf(count)), ["head", "medium", "medium", "tail"]);
 * assertEquals(groupOf(19, [10, 50]), "medium");
 * ```
 */
export function groupOf(count: number, [min, max]: GroupThresholds = GROUP_THRESHOLDS): Group {
  return count > max ? "head" : count >= min ? "medium" : "tail";
}

/**
 * Describes the groups in words.
 *
 * @param groupThresholds Smallest and largest number of images of Medium.
 * @returns The rule of each group.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(groupRules(), { head: "more than 100", medium: "20 to 100", tail: "fewer than 20" });
 * ```
 */
export function groupRules(
  [min, max]: GroupThresholds = GROUP_THRESHOLDS,
): Readonly<Record<Group, string>> {
  return { head: `more than ${max}`, medium: `${min} to ${max}`, tail: `fewer than ${min}` };
}

/**
 * Describes the groups in one line, for captions of tables.
 *
 * @param groupThresholds Smallest and largest number of images of Medium.
 * @returns The line.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   groupLine([10, 50]),
 *   "Classes by training images: Head more than 50, Medium 10 to 50, Tail fewer than 10",
 * );
 * ```
 */
export function groupLine(groupThresholds: GroupThresholds = GROUP_THRESHOLDS): string {
  const { head, medium, tail } = groupRules(groupThresholds);
  return `Classes by training images: Head ${head}, Medium ${medium}, Tail ${tail}`;
}
