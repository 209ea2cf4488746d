/**
 * Markdown of generated pages.
 *
 * @module
 */

/**
 * Formats a table.
 *
 * @param head Column headings.
 * @param rows Texts of the cells, one for each column in each row.
 * @param align Alignment of all columns but the first.
 * @returns Lines of Markdown.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(markdownTable(["recipe", "All"], [["ce", "70.4"]], "right"), [
 *   "| recipe | All |",
 *   "| --- | ---: |",
 *   "| ce | 70.4 |",
 * ]);
 * ```
 */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: "left" | "right" = "left",
): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const others = align === "right" ? "---:" : "---";
  return [line(head), line(head.map((_, i) => i === 0 ? "---" : others)), ...rows.map(line)];
}

/** Formats text as code. */
export function code(text: string): string {
  return `\`${text}\``;
}
