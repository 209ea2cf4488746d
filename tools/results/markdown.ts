/**
 * Markdown of the results page.
 *
 * @module
 */
import type { Estimate } from "../../lib/metrics/paired_difference.ts";
import { fixed, signed } from "../../lib/plots/prose.ts";

/**
 * Formats a table; all columns but the first are aligned right.
 *
 * @param head Column headings.
 * @param rows Texts of the cells, one for each column in each row.
 * @returns Lines of Markdown.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(markdownTable(["recipe", "All"], [["ce", "70.4"]]), [
 *   "| recipe | All |",
 *   "| --- | ---: |",
 *   "| ce | 70.4 |",
 * ]);
 * ```
 */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map((_, i) => i === 0 ? "---" : "---:")), ...rows.map(line)];
}

/** Formats text as code. */
export function code(text: string): string {
  return `\`${text}\``;
}

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
