/**
 * Tables of accuracies for people.
 *
 * @module
 */
import type { Spread } from "../../train/spread.ts";
import { columns } from "./columns.ts";

const COLUMNS = ["All", "Mean", "Head", "Medium", "Tail"] as const;

/** An accuracy in percent, or its mean and deviation over seeds; `null` for a group without classes. */
type Accuracy = number | null | Spread;

/** A row of {@linkcode accuracyTable}. */
export interface AccuracyRow {
  /** What the row is about. */
  readonly name: string;
  /** Share of all images that are recognised. */
  readonly all: Accuracy;
  /** Mean over all classes. */
  readonly mean?: Accuracy;
  /** Mean over the classes of Head. */
  readonly head: Accuracy;
  /** The same of Medium. */
  readonly medium: Accuracy;
  /** The same of Tail. */
  readonly tail: Accuracy;
}

/** Options of {@linkcode accuracyTable}. */
export interface AccuracyTableOptions {
  /**
   * Whether the mean over classes is shown beside the share of images, as it should be where the test set is not
   * balanced.
   *
   * @default {false}
   */
  readonly mean?: boolean;
}

/**
 * Formats accuracies, one line for each row.
 *
 * @param rows Names and accuracies.
 * @param options Whether to show means over classes.
 * @returns Lines of equal columns.
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
  ], { left: 1, least: 6 });
}

function cell(value: Accuracy): string {
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
