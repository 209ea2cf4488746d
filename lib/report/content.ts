/**
 * Content of a report.
 *
 * @module
 */
import type { RunAnalysis } from "../analysis/run/run_analysis.ts";
import type { GroupThresholds } from "../data/groups.ts";
import type { FoundRun } from "./find_runs.ts";
import type { RunGroup } from "./name_runs.ts";

/** A run with its analysis. */
export interface ReportRun extends FoundRun {
  /** Its analysis; absent if there is none and it could not be computed. */
  readonly analysis?: RunAnalysis;
}

/** A part that is missing from a report. */
export interface MissingPart {
  /** Path of the run. */
  readonly run: string;
  /** What is missing, and why. */
  readonly reason: string;
  /** The command that creates it. */
  readonly command: string;
}

/** Content of a report. */
export interface ReportContent {
  /** Runs grouped by recipe and settings; the first run of a group represents it where only one run is shown. */
  readonly groups: readonly RunGroup<ReportRun>[];
  /** Name of each class. */
  readonly classNames: readonly string[];
  /** Number of training images per class, of the run with the largest imbalance. */
  readonly counts: readonly number[];
  /** Thresholds of Tail, Medium and Head, the same for all runs. */
  readonly groupThresholds: GroupThresholds;
  /** Parts that are missing. */
  readonly missing: readonly MissingPart[];
}
