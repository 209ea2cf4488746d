/**
 * What a report is about.
 *
 * @module
 */
import type { RunAnalysis } from "../analysis/run/run_analysis.ts";
import type { GroupBorders } from "../data/groups.ts";
import type { FoundRun } from "./find_runs.ts";
import type { RunGroup } from "./name_runs.ts";

/** A run with what is known of it. */
export interface ReportRun extends FoundRun {
  /** Its analysis; missing where there is none and none could be made. */
  readonly analysis?: RunAnalysis;
}

/** What a report is about. */
export interface ReportContent {
  /** Runs by recipe and settings; of each the first run stands for the others where one is shown. */
  readonly groups: readonly RunGroup<ReportRun>[];
  /** Name of each class. */
  readonly classNames: readonly string[];
  /** Training images of each class, of the run with the longest tail. */
  readonly counts: readonly number[];
  /** Borders of Tail, Medium and Head, of all runs. */
  readonly borders: GroupBorders;
}

/** Something that a report has to do without. */
export interface MissingPart {
  /** Which run. */
  readonly run: string;
  /** What is missing and why. */
  readonly reason: string;
  /** The command that makes it. */
  readonly command: string;
}
