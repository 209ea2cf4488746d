/**
 * Accuracy gain of one network over another.
 *
 * @module
 */
import type { GroupAccuracy } from "./group_accuracy.ts";

/** Accuracies in percent, or differences in percentage points; results of earlier versions have no mean. */
export interface AccuracyGain extends Omit<GroupAccuracy, "mean"> {
  /** Mean accuracy over the classes that have images. */
  readonly mean?: number;
}

/**
 * Computes the accuracy gain over another network, over all images, over all classes and over the classes of each
 * group.
 *
 * @param after Accuracies in percent.
 * @param before Accuracies to compare with, in percent.
 * @returns Gains in percentage points, negative for a loss; `null` for a group without classes in either result.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { accuracyGain } from "@nbn/toolkit/metrics";
 *
 * const ce = { all: 48, head: 95, medium: 34, tail: null };
 * const nbn = { all: 60, head: 90, medium: 65, tail: null };
 * assertEquals(accuracyGain(nbn, ce), { all: 12, head: -5, medium: 31, tail: null });
 * ```
 */
export function accuracyGain(after: AccuracyGain, before: AccuracyGain): AccuracyGain {
  return {
    all: after.all - before.all,
    ...(after.mean !== undefined && before.mean !== undefined &&
      { mean: after.mean - before.mean }),
    head: difference(after.head, before.head),
    medium: difference(after.medium, before.medium),
    tail: difference(after.tail, before.tail),
  };
}

function difference(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before;
}
