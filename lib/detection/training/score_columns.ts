/**
 * Average precision as columns of logs and tables.
 *
 * @module
 */
import type { DetectorScores } from "./detector_scores.ts";

/** Columns of a table of average precision, with their headings. */
export const AP_COLUMNS = {
  ap: "AP",
  apRare: "APr",
  apCommon: "APc",
  apFrequent: "APf",
} as const;

/** Name of a column. */
export type ApColumn = keyof typeof AP_COLUMNS;

/** Names of the columns, in order. */
export const AP_NAMES = Object.keys(AP_COLUMNS) as readonly ApColumn[];

const KINDS = ["boxes", "masks"] as const;

/** Columns of `metrics.csv`. */
export const SCORE_COLUMNS: readonly string[] = KINDS.flatMap((kind) =>
  AP_NAMES.map((name) => `${kind}:${name}`)
);

/**
 * Returns average precision by the names of {@linkcode SCORE_COLUMNS}.
 *
 * @param scores Average precision of boxes and masks.
 * @returns Numbers from 0 to 1, `null` for a group without classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const of = { ap: 0.5, apRare: null, apCommon: 0.5, apFrequent: 0.5 } as never;
 * assertEquals(scoreRecord({ boxes: of, masks: of })["masks:ap"], 0.5);
 * ```
 */
export function scoreRecord(scores: DetectorScores): Record<string, number | null> {
  return Object.fromEntries(
    KINDS.flatMap((kind) => AP_NAMES.map((name) => [`${kind}:${name}`, scores[kind][name]])),
  );
}
