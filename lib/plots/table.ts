/**
 * Tables of records.
 *
 * @module
 */
import { escaped } from "./draw.ts";

/** A value in a table. */
export type Cell = string | number | boolean | null | undefined;

/** Rows of a table: records with the same fields. */
export type Rows = readonly Readonly<Record<string, unknown>>[];

/**
 * Formats records as an HTML table: one column per field, numbers aligned right.
 *
 * @param rows The records; nested values are left out.
 * @returns A `<table>` element, with dashes for missing values.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(htmlTable([{ recipe: "ce", all: 48.34, tail: null }]), "<td style=\"text-align:right\">48.34</td>");
 * ```
 */
export function htmlTable(rows: Rows): string {
  const names = columnsOf(rows);
  const head = names.map((name) => {
    const side = isNumeric(rows, name) ? "right" : "left";
    return `<th style="text-align:${side}">${escaped(name)}</th>`;
  }).join("");
  const body = rows.map((row) =>
    `<tr>${
      names.map((name) => {
        const value = row[name] as Cell;
        const right = typeof value === "number" || value === null || value === undefined;
        // The style sheet of notebooks aligns all cells right by default.
        return `<td style="text-align:${right ? "right" : "left"}">${
          escaped(cellText(value))
        }</td>`;
      }).join("")
    }</tr>`
  ).join("");
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

/**
 * Formats records as a text table for a terminal.
 *
 * @param rows The records; nested values are left out.
 * @returns A header line and one line per record.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(textTable([{ name: "ce", all: 48.3 }, { name: "nbn", all: null }]), "name   all\nce    48.3\nnbn      –");
 * ```
 */
export function textTable(rows: Rows): string {
  const names = columnsOf(rows);
  const numeric = names.map((name) => isNumeric(rows, name));
  const lines = [names, ...rows.map((row) => names.map((name) => cellText(row[name] as Cell)))];
  const widths = names.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines.map((line) =>
    line.map((cell, i) => numeric[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))
      .join("  ").trimEnd()
  ).join("\n");
}

function columnsOf(rows: Rows): string[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return [...names].filter((name) =>
    rows.every((row) => row[name] === null || typeof row[name] !== "object")
  );
}

/** Checks whether a column has only numbers and missing values, so that it and its heading are aligned right. */
function isNumeric(rows: Rows, name: string): boolean {
  return rows.every((row) => typeof row[name] === "number" || (row[name] ?? null) === null);
}

function cellText(value: Cell): string {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  // Four significant digits are enough for a table; very small and very large numbers use exponents.
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
}
