/**
 * Pure functions that change a trained classifier or its outputs without training. Logit adjustment after training is
 * `logitAdjustment` in `@nbn/toolkit/losses`, beside its loss.
 *
 * @example Kernel columns of equal length
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { tauNorm } from "@nbn/toolkit/post_hoc";
 *
 * await engine();
 * assertEquals([...tauNorm(tf.tensor2d([[4, 9]]), 0.5).dataSync()], [2, 3]);
 * ```
 *
 * @module
 */
export { disalignLayer } from "./disalign_layer.ts";
export {
  logN,
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
  nearestClassMeanLayer,
  type NearestClassMeanOptions,
} from "./nearest_class_mean.ts";
export { tauNorm } from "./tau_norm.ts";
