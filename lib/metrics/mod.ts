/**
 * Accuracy by class and by group, confusion, macro-averaged F1 and calibration error, from predictions and labels.
 *
 * @example Accuracy of each class
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { confusionMatrix, perClassAccuracy } from "@nbn/toolkit/metrics";
 *
 * const confusion = confusionMatrix(Int32Array.of(0, 1, 1), Int32Array.of(0, 0, 1), 2);
 * assertEquals(perClassAccuracy(confusion), [100, 50]);
 * ```
 *
 * @module
 */
export { type AccuracyGain, accuracyGain } from "./accuracy_gain.ts";
export { calibrationError } from "./calibration_error.ts";
export { confusionMatrix } from "./confusion_matrix.ts";
export { type GroupAccuracy, groupAccuracy, groupMeans } from "./group_accuracy.ts";
export { macroF1 } from "./macro_f1.ts";
export type { MeanAndDeviation } from "./mean_and_deviation.ts";
export {
  type Estimate,
  estimateMean,
  type EstimateOptions,
  pairedDifference,
} from "./paired_difference.ts";
export { perClassAccuracy } from "./per_class_accuracy.ts";
