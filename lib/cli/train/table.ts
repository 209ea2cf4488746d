/**
 * Tables of accuracies for people.
 *
 * @module
 */
import type { Spread } from "../../train/spread.ts";
import { columns } from "./columns.ts";

/** A row of {@linkcode accuracyTable}. */
export interface AccuracyRow {
  /** What the row is about. */
  readonly name: string;
  /** Accuracies in percent: All, Head, Medium, Tail; `null` for a group without classes. */
  readonly accuracies: readonly (number | null | Spread)[];
}

const COLUMNS = ["All", "Head", "Medium", "Tail"];

/**
 * Formats accuracies, one line for each row.
 *
 * @param rows Names and accuracies.
 * @returns Lines of equal columns.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(accuracyTable([{ name: "ce", accuracies: [70.25, 81.5, 12, null] }]), [
 *   "       All    Head  Medium    Tail",
 *   "ce    70.3    81.5    12.0       –",
 * ].join("\n"));
 * ```
 */
export function accuracyTable(rows: readonly AccuracyRow[]): string {
  return columns([
    ["", ...COLUMNS],
    ...rows.map(({ name, accuracies }) => [name, ...accuracies.map(cell)]),
  ], { left: 1, least: 6 });
}

function cell(value: number | null | Spread): string {
  return value !== null && typeof value === "object"
    ? `${percent(value.mean)} ± ${value.deviation.toFixed(1)}`
    : percent(value);
}

/**
 * A percentage with one decimal.
 *
 * @param value Percent, or `null` for a group without classes.
 * @returns For instance `70.3`, or `–`.
 */
export function percent(value: number | null): string {
  return value === null ? "–" : value.toFixed(1);
}
