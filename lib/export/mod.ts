/**
 * Exports networks to ONNX, TensorFlow and browsers.
 *
 * @module
 */
export { exportRun } from "./export_run.ts";
export type { Images } from "./inference.ts";
export { exportWeights, type ExportWeightsOptions } from "./export_weights.ts";
export { onnxModel } from "./onnx/model.ts";
export { type BrowserModel, browserModel } from "./tensorflow/browser_model.ts";
export { savedModel } from "./tensorflow/saved_model.ts";
