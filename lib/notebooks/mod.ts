/**
 * What notebooks need beside the rest: runs that are trained once and shared, and results that come with
 * the project.
 *
 * @module
 */
export { analysedRuns, type AnalysedRunsOptions } from "./analysed_runs.ts";
export { readResults, type ResultRow } from "./read_results.ts";
export { trainedRun, type TrainedRunOptions } from "./trained_run.ts";
