/**
 * What changes a trained classifier, or what it says, without training: pure functions.
 *
 * Logit adjustment after training stands with its loss, `logitAdjustment` in `losses`.
 *
 * @module
 */
export {
  logN,
  type LogNStatistics,
  logNStatistics,
  updateLogNStatistics,
  type UpdateLogNStatisticsOptions,
} from "./log_n.ts";
export { maxNorm, maxNormThreshold } from "./max_norm.ts";
export {
  type ClassMeans,
  classMeans,
  nearestClassMean,
  type NearestClassMeanOptions,
} from "./nearest_class_mean.ts";
export { tauNorm } from "./tau_norm.ts";
