/**
 * What notebooks need beside the rest: runs that are trained once and shared.
 *
 * @module
 */
export { trainedRun, type TrainedRunOptions } from "./trained_run.ts";
