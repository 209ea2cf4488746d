/**
 * What one network recognises more than another.
 *
 * @module
 */
import type { GroupAccuracy } from "./group_accuracy.ts";

/**
 * Accuracies less those of another network, over all images and over the classes of each group.
 *
 * @param after Accuracies in percent.
 * @param before What they are compared with.
 * @returns Percentage points, below 0 where there is a loss; `null` for a group that one of them has no classes of.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const ce = { all: 48, head: 95, medium: 34, tail: null };
 * const nbn = { all: 60, head: 90, medium: 65, tail: null };
 * assertEquals(accuracyGain(nbn, ce), { all: 12, head: -5, medium: 31, tail: null });
 * ```
 */
export function accuracyGain(after: GroupAccuracy, before: GroupAccuracy): GroupAccuracy {
  return {
    all: after.all - before.all,
    head: difference(after.head, before.head),
    medium: difference(after.medium, before.medium),
    tail: difference(after.tail, before.tail),
  };
}

function difference(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before;
}
