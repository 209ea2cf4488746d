/**
 * Accuracies as rows of a table.
 *
 * @module
 */
import type { GroupAccuracy } from "../train/metrics/group_accuracy.ts";

/** A row of {@linkcode accuracyRows}: a name, and accuracies in percent or points. */
export type AccuracyRow = Readonly<Record<string, string | number | null>>;

/**
 * Lists accuracies, or differences of them, by group of classes, for {@linkcode show}.
 *
 * @param runs What {@linkcode evaluate} or {@linkcode accuracyGain} returns, by name.
 * @param heading What the names are.
 * @returns A row for each.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const ce = { all: 48.3, head: 95.1, medium: null, tail: 4 };
 * assertEquals(accuracyRows({ ce }, "method"), [{ method: "ce", all: 48.3, head: 95.1, medium: null, tail: 4 }]);
 * ```
 */
export function accuracyRows(
  runs: Readonly<Record<string, GroupAccuracy>>,
  heading = "run",
): AccuracyRow[] {
  return Object.entries(runs).map(([name, { all, head, medium, tail }]) => ({
    [heading]: name,
    all,
    head,
    medium,
    tail,
  }));
}
