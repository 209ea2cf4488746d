/**
 * What an interval says about a gain of the paper.
 *
 * @module
 */
import type { Estimate } from "../../lib/metrics/paired_difference.ts";

/**
 * - `"agrees"`: the interval lies on the paper's side of 0.
 * - `"smaller"`: it contains 0, and lies below the paper's gain: one of that size is excluded.
 * - `"opposite"`: it lies on the other side of 0.
 * - `"unknown"`: it contains both 0 and the paper's gain, there is no interval, of a single seed, or the paper has no
 *   difference.
 * - `"not in the paper"`.
 */
export type Verdict = "agrees" | "smaller" | "opposite" | "unknown" | "not in the paper";

/**
 * Compares a gain with that of the paper.
 *
 * @param gain The gain over seeds, with its interval.
 * @param paper The paper's gain; `null` or `undefined` if it has none.
 * @returns What can be said.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { estimateMean } from "../../lib/metrics/paired_difference.ts";
 *
 * assertEquals(verdict(estimateMean([1.8, 2, 2.2]), 3.5), "agrees");
 * assertEquals(verdict(estimateMean([-0.2, 0, 0.2]), 3.5), "smaller");
 * assertEquals(verdict(estimateMean([0.1]), 3.5), "unknown");
 * ```
 */
export function verdict({ interval }: Estimate, paper: number | null | undefined): Verdict {
  if (paper === null || paper === undefined) return "not in the paper";
  if (!interval || Math.abs(paper) < 0.05) return "unknown";
  const sign = paper < 0 ? -1 : 1;
  const [low, high] = sign > 0 ? interval : [-interval[1], -interval[0]];
  if (low > 0) return "agrees";
  if (high < 0) return "opposite";
  return high < Math.abs(paper) ? "smaller" : "unknown";
}
