/**
 * What changes a trained classifier, or what it says, without training: pure functions.
 *
 * Logit adjustment after training stands with its loss, `logitAdjustment` in `losses`.
 *
 * @module
 */
export { disalignLayer } from "./disalign_layer.ts";
export {
  logN,
  logNScale,
  type LogNStatistics,
  logNStatistics,
  type LogNTally,
  logNTally,
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
export { nearestClassMeanLayer } from "./nearest_class_mean_layer.ts";
export { tauNorm } from "./tau_norm.ts";
