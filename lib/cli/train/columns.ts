/**
 * Text tables with aligned columns.
 *
 * @module
 */

/**
 * Formats rows of cells as aligned columns, two spaces apart.
 *
 * @param lines Cells of each row, the same number in every row; at least one row.
 * @param options Number `left` of leading columns that are aligned left; minimum width `minWidth` of the others, which
 * are aligned right.
 * @returns The rows, one line each.
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
  { left, minWidth = 0 }: { left: number; minWidth?: number },
): string {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) =>
    line.map((text, column) =>
      column < left
        ? text.padEnd(widths[column])
        : text.padStart(Math.max(widths[column], minWidth))
    ).join("  ")
  ).join("\n");
}
