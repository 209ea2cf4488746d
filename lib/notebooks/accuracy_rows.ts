/**
 * Accuracies as rows of a table.
 *
 * @module
 */
import type { AccuracyGain } from "../train/metrics/accuracy_gain.ts";

/** A row of {@linkcode accuracyRows}: a name, and accuracies in percent or points. */
export type AccuracyRow = Readonly<Record<string, string | number | null>>;

/**
 * Lists accuracies, or differences of them, by group of classes, for {@linkcode show}.
 *
 * @param runs What {@linkcode evaluate} or {@linkcode accuracyGain} returns, by name.
 * @param heading What the names are.
 * @returns A row for each, with the mean over classes where the test set is not balanced, so that it differs from the
 * share of images.
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
