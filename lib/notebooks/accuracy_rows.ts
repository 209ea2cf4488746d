/**
 * Table rows of accuracies.
 *
 * @module
 */
import type { AccuracyGain } from "../metrics/accuracy_gain.ts";

/** A row of {@linkcode accuracyRows}: a name, and accuracies in percent or differences in percentage points. */
export type AccuracyRow = Readonly<Record<string, string | number | null>>;

/**
 * Tabulates accuracies, or differences between them, by group of classes, for {@linkcode show}.
 *
 * @param runs Results of {@linkcode evaluate} or {@linkcode accuracyGain}, keyed by name.
 * @param heading Heading of the name column.
 * @returns One row per run, including the mean over classes if the test set is imbalanced, so that it differs from the
 * accuracy over all images.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { accuracyRows } from "@nbn/toolkit/notebooks";
 *
 * const ce = { all: 48.3, head: 95.1, medium: null, tail: 4 };
 * assertEquals(accuracyRows({ ce }, "method"), [{ method: "ce", all: 48.3, head: 95.1, medium: null, tail: 4 }]);
 * ```
 */
export function accuracyRows(
  runs: Readonly<Record<string, AccuracyGain>>,
  heading = "run",
): AccuracyRow[] {
  const balanced = Object.values(runs).every(({ all, mean = all }) => Math.abs(mean - all) < 1e-6);
  return Object.entries(runs).map(([name, { all, mean, head, medium, tail }]) => ({
    [heading]: name,
    all,
    ...(!balanced && { mean: mean ?? null }),
    head,
    medium,
    tail,
  }));
}
