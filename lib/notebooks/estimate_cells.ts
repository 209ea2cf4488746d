/**
 * Cells of tables with estimates over seeds.
 *
 * @module
 */
import type { Estimate } from "../metrics/paired_difference.ts";
import { fixed, signed } from "../plots/prose.ts";

/**
 * Formats a mean over seeds with its standard error.
 *
 * @param value The estimate, or `null`.
 * @param decimals Number of decimals.
 * @returns For instance `70.4 ± 0.3`; `70.4` for a single seed, `–` for `null`.
 */
export function meanCell(value: Estimate | null, decimals = 1): string {
  if (value === null) return "–";
  const { mean, standardError } = value;
  const numbers = standardError === null ? [mean] : [mean, standardError];
  return numbers.map((number) => fixed(number, decimals).digits).join(" ± ");
}

/**
 * Formats a gain with its confidence interval.
 *
 * @param value The estimate, or `null`.
 * @returns For instance `+1.9 [+0.8, +3.0]`; `+1.9` for a single seed, `–` for `null`.
 */
export function gainCell(value: Estimate | null): string {
  if (value === null) return "–";
  const gain = signed(value.mean).digits;
  if (value.interval === null) return gain;
  return `${gain} [${value.interval.map((end) => signed(end).digits).join(", ")}]`;
}

/**
 * Formats a gain with its confidence interval and the number of seeds.
 *
 * @param value The estimate, or `null`.
 * @returns For instance `+1.9 [+0.8, +3.0] (3)`; `–` for `null`.
 */
export function countedGainCell(value: Estimate | null): string {
  return value === null ? "–" : `${gainCell(value)} (${value.count})`;
}
