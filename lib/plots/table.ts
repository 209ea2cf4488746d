/**
 * Records as a table.
 *
 * @module
 */
import { escaped } from "./draw.ts";

/** A value in a table. */
export type Cell = string | number | boolean | null | undefined;

/** Rows of a table: records with the same fields. */
export type Rows = readonly Readonly<Record<string, unknown>>[];

/**
 * Records as an HTML table: a column for each field, numbers to the right.
 *
 * @param rows The records; nested values are left out.
 * @returns A `<table>`. What is not there is a dash.
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
        // Notebooks would align texts to the right as well.
        return `<td style="text-align:${right ? "right" : "left"}">${
          escaped(cellText(value))
        }</td>`;
      }).join("")
    }</tr>`
  ).join("");
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

/**
 * Records as lines of text for a terminal.
 *
 * @param rows The records; nested values are left out.
 * @returns A heading and a line for each record.
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

/** Whether a column has numbers alone; they stand to the right, and so does its name. */
function isNumeric(rows: Rows, name: string): boolean {
  return rows.every((row) => typeof row[name] === "number" || (row[name] ?? null) === null);
}

function cellText(value: Cell): string {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  // Four digits tell what a table is for; very small and very large ones keep their exponent.
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
}
