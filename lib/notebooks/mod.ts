/**
 * What notebooks need beside the rest: runs that are trained once and shared, and tables of results.
 *
 * @module
 */
export { readResults, type ResultRow } from "./read_results.ts";
export { trainedRun, type TrainedRunOptions } from "./trained_run.ts";
