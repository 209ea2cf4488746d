/**
 * Helpers for notebooks: runs that are trained once and shared, stored results of the project, table rows, and
 * concluding sentences.
 *
 * @example A training that a second execution of the cell does not repeat
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { trainedRun } from "@nbn/toolkit/notebooks";
 *
 * const runs = await Deno.makeTempDir();
 * const run = await trainedRun("ce", { recipe: "builtin/ce", iterations: 1, batch: 4, runs });
 * assertEquals(run.step, 1);
 * run.dispose();
 * await Deno.remove(runs, { recursive: true });
 * ```
 *
 * @module
 */
export { type AccuracyRow, accuracyRows } from "./accuracy_rows.ts";
export { analysedRuns, type AnalysedRunsOptions } from "./analysed_runs.ts";
export { byRun } from "./by_run.ts";
export { comparisonSentence, type PaperFinding } from "./comparison_sentence.ts";
export { type EvennessRow, evennessRows, type Strengths } from "./evenness_rows.ts";
export { evennessSentence } from "./evenness_sentence.ts";
export {
  type Compared,
  type ExperimentRun,
  readExperiment,
  seedGain,
  seedGainSentence,
  seedRatioRows,
  seedRows,
} from "./experiment.ts";
export { gainSentence, tradeSentence } from "./gain_sentences.ts";
export { maskingSentences } from "./masking_sentences.ts";
export { patternSentence } from "./pattern_sentence.ts";
export { readResults, type ReadResultsOptions, type ResultRow } from "./read_results.ts";
export { errorMessageOf } from "./error_message_of.ts";
export { trainedDetectors, type TrainedDetectorsOptions } from "./trained_detectors.ts";
export { type TrainedRun, trainedRun, type TrainedRunOptions } from "./trained_run.ts";
export { trainedRuns } from "./trained_runs.ts";
