/**
 * Average precision as text.
 *
 * @module
 */
import type { DetectorScores } from "../../detection/training/detector_scores.ts";
import { AP_COLUMNS, AP_NAMES, type ApColumn } from "../../detection/training/score_columns.ts";
import type { MeanAndDeviation } from "../../metrics/mean_and_deviation.ts";
import { columns } from "../train/columns.ts";
import { percent } from "../train/table.ts";

/** Average precision from 0 to 1, or its mean and standard deviation over seeds; `null` without classes. */
type Ap = number | null | MeanAndDeviation;

/** A row of {@linkcode apTable}. */
export interface ApRow {
  /** Heading of the row. */
  readonly name: string;
  /** Of boxes and masks. */
  readonly scores: { readonly [Kind in keyof DetectorScores]: Readonly<Record<ApColumn, Ap>> };
}

/** Title of the table. */
export const AP_TITLE =
  "Average precision in percent as LVIS defines it: AP of all classes, APr of rare, APc of common, APf of frequent ones";

/**
 * Formats average precision as a table.
 *
 * @param rows Names and scores.
 * @returns A header line, then one line for each row.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const of = { ap: 0.253, apRare: null, apCommon: 0.237, apFrequent: 0.326 };
 * const [, ce] = apTable([{ name: "ce", scores: { boxes: of, masks: of } }]).split("\n");
 * assertEquals(ce, "ce     25.3        –     23.7     32.6     25.3         –      23.7      32.6");
 * ```
 */
export function apTable(rows: readonly ApRow[]): string {
  const heads = Object.values(AP_COLUMNS);
  return columns([
    ["", ...heads.map((head) => `box ${head}`), ...heads.map((head) => `mask ${head}`)],
    ...rows.map(({ name, scores }) => [
      name,
      ...AP_NAMES.map((column) => cell(scores.boxes[column])),
      ...AP_NAMES.map((column) => cell(scores.masks[column])),
    ]),
  ], { left: 1, minWidth: 7 });
}

/** The columns of one kind in a line: `AP 25.3  APr 14.4 …`. */
export function apCells(scores: Readonly<Record<ApColumn, Ap>>): string {
  return AP_NAMES.map((name) => `${AP_COLUMNS[name]} ${cell(scores[name])}`).join("  ");
}

function cell(value: Ap): string {
  if (value === null || typeof value === "number") return percent(value && 100 * value);
  return `${percent(100 * value.mean)} ± ${(100 * value.deviation).toFixed(1)}`;
}
