/**
 * Head, Medium and Tail: the groups by which long-tailed recognition is judged.
 *
 * @module
 */

/** A group of classes by their number of training images. */
export type Group = "head" | "medium" | "tail";

/** The groups as they are written. */
export const GROUP_NAMES: Readonly<Record<Group, string>> = {
  head: "Head",
  medium: "Medium",
  tail: "Tail",
};

/** Most images of a Tail class, plus one. */
const TAIL_BELOW = 20;
/** Most images of a Medium class. */
const MEDIUM_TO = 100;

/**
 * The group of a class: Head above 100 training images, Medium from 20 to 100, Tail below 20.
 *
 * @param count Training images of the class.
 * @returns Its group.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([101, 100, 20, 19].map(groupOf), ["head", "medium", "medium", "tail"]);
 * ```
 */
export function groupOf(count: number): Group {
  return count > MEDIUM_TO ? "head" : count >= TAIL_BELOW ? "medium" : "tail";
}
