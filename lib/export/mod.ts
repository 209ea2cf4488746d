/**
 * Exports trained networks to ONNX, to TensorFlow's SavedModel, to TensorFlow.js in browsers, and to weights alone.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exportRun } from "@nbn/toolkit/export";
 * import { train } from "@nbn/toolkit/train";
 *
 * const out = await Deno.makeTempDir();
 * await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out });
 * assertEquals(await exportRun(out, `${out}/model.onnx`), [`${out}/model.onnx`]);
 * await Deno.remove(out, { recursive: true });
 * ```
 *
 * @module
 */
export { exportRun } from "./export_run.ts";
export type { Images } from "./inference.ts";
export { exportWeights, type ExportWeightsOptions } from "./export_weights.ts";
export { onnxModel } from "./onnx/model.ts";
export { type BrowserModel, browserModel } from "./tensorflow/browser_model.ts";
export { savedModel } from "./tensorflow/saved_model.ts";
