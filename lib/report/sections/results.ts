/**
 * Accuracies of the runs of a report.
 *
 * @module
 */
import type { GroupAccuracy } from "../../metrics/group_accuracy.ts";
import { meanAccuracy } from "../../metrics/per_class_accuracy.ts";
import type { Summary } from "../../runs/result.ts";
import type { ReportRun } from "../content.ts";

/** Accuracies of a run. */
export type RunResult =
  & Pick<Summary, "perClass" | "confusion">
  & Readonly<Record<keyof GroupAccuracy, number | null>>;

/**
 * Returns the accuracies of a run from its training summary, or else from its analysis.
 *
 * @param run The run.
 * @returns Its accuracies, or `undefined` if it has neither.
 */
export function resultOf({ summary, analysis }: ReportRun): RunResult | undefined {
  const result = summary ?? analysis?.accuracy;
  // Recomputed, since results of earlier versions have no mean.
  return result && { ...result, mean: meanAccuracy(result.perClass) };
}
