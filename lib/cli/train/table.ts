/**
 * Accuracy tables as text.
 *
 * @module
 */
import type { MeanAndDeviation } from "../../metrics/mean_and_deviation.ts";
import { columns } from "./columns.ts";

const COLUMNS = ["All", "Mean", "Head", "Medium", "Tail"] as const;

/** An accuracy in percent, or its mean and standard deviation over seeds; `null` for a group without classes. */
type Accuracy = number | null | MeanAndDeviation;

/** A row of {@linkcode accuracyTable}. */
export interface AccuracyRow {
  /** Heading of the row. */
  readonly name: string;
  /** Accuracy over all images. */
  readonly all: Accuracy;
  /** Mean accuracy over all classes. */
  readonly mean?: Accuracy;
  /** Mean accuracy over the classes of Head. */
  readonly head: Accuracy;
  /** Mean accuracy over the classes of Medium. */
  readonly medium: Accuracy;
  /** Mean accuracy over the classes of Tail. */
  readonly tail: Accuracy;
}

/** Options of {@linkcode accuracyTable}. */
export interface AccuracyTableOptions {
  /**
   * Whether the mean over classes is shown beside the accuracy over images; the two differ if the test set is not
   * balanced.
   *
   * @default {false}
   */
  readonly mean?: boolean;
}

/**
 * Formats accuracies as a table.
 *
 * @param rows Names and accuracies.
 * @param options Whether to show means over classes.
 * @returns A header line, then one line for each row.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const row = { name: "ce", all: 70.25, mean: 60, head: 81.5, medium: 12, tail: null };
 * assertEquals(accuracyTable([row]), [
 *   "       All    Head  Medium    Tail",
 *   "ce    70.3    81.5    12.0       –",
 * ].join("\n"));
 * assertEquals(accuracyTable([row], { mean: true }), [
 *   "       All    Mean    Head  Medium    Tail",
 *   "ce    70.3    60.0    81.5    12.0       –",
 * ].join("\n"));
 * ```
 */
export function accuracyTable(
  rows: readonly AccuracyRow[],
  { mean = false }: AccuracyTableOptions = {},
): string {
  const shown = COLUMNS.filter((column) => mean || column !== "Mean");
  return columns([
    ["", ...shown],
    ...rows.map((row) => [
      row.name,
      ...shown.map((column) => cell(row[column.toLowerCase() as Lowercase<typeof column>] ?? null)),
    ]),
  ], { left: 1, minWidth: 6 });
}

function cell(value: Accuracy): string {
  return value !== null && typeof value === "object"
    ? `${percent(value.mean)} ± ${value.deviation.toFixed(1)}`
    : percent(value);
}

/**
 * Formats a percentage with one decimal.
 *
 * @param value Percent, or `null` for a group without classes.
 * @returns For instance `70.3`, or `–`.
 */
export function percent(value: number | null): string {
  return value === null ? "–" : value.toFixed(1);
}
