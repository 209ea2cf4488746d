/**
 * Texts in columns.
 *
 * @module
 */

/**
 * Lines up texts.
 *
 * @param lines Cells of each line, as many in every line.
 * @param options How many of the first columns stand to the left, the others to the right, and how wide
 * those are at least.
 * @returns Lines of equal columns.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(columns([["a", "1"], ["bc", "23"]], { left: 1 }), "a    1\nbc  23");
 * ```
 */
export function columns(
  lines: readonly (readonly string[])[],
  { left, least = 0 }: { left: number; least?: number },
): string {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) =>
    line.map((text, column) =>
      column < left ? text.padEnd(widths[column]) : text.padStart(Math.max(widths[column], least))
    ).join("  ")
  ).join("\n");
}
