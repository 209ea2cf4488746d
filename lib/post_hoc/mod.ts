/**
 * Pure functions that change a trained classifier or its outputs without training.
 *
 * Logit adjustment after training is `logitAdjustment` in `losses`, beside its loss.
 *
 * @module
 */
export { disalignLayer } from "./disalign_layer.ts";
export {
  logN,
  type LogNAccumulator,
  logNAccumulator,
  logNScale,
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
export { nearestClassMeanLayer } from "./nearest_class_mean_layer.ts";
export { tauNorm } from "./tau_norm.ts";
