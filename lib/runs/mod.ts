/**
 * Run folders and checkpoints: open a trained network, evaluate it, classify images with it, take its weights.
 *
 * @example Open what a training has written
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { openModel } from "@nbn/toolkit/runs";
 * import { train } from "@nbn/toolkit/train";
 *
 * const out = await Deno.makeTempDir();
 * await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out });
 * const model = await openModel(out);
 * assertEquals([model.recipe, model.step, model.classNames.length], ["builtin/ce", 1, 10]);
 * model.dispose();
 * await Deno.remove(out, { recursive: true });
 * ```
 *
 * @module
 */
export {
  type Checkpoint,
  type Expected,
  loadCheckpoint,
  saveCheckpoint,
} from "../checkpoints/checkpoint.ts";
export { type EvaluatedRun, evaluateRun, type EvaluateRunOptions } from "./evaluate_run.ts";
export { type LoadedWeights, loadWeights } from "./load_weights.ts";
export type { ModelInput } from "./model_input.ts";
export { type OpenedModel, openModel, type OpenModelOptions } from "./open_model.ts";
export { type OpenedRun, openRun, type OpenRunOptions } from "./open_run.ts";
export { type OpenedStages, openStages } from "./open_stages.ts";
export {
  type FoundImages,
  type ImagePrediction,
  predictEach,
  predictImages,
  type PredictImagesOptions,
  type RankedClass,
} from "./predict_images.ts";
export { pretrained, type PretrainedWeights } from "./pretrained.ts";
export type { RunDataOptions } from "./run_data.ts";
export type { ContentDigests } from "./same_training.ts";
