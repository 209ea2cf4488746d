/**
 * Training, evaluation, prediction, checkpoints.
 *
 * @module
 */
export { adamw, type AdamwOptions } from "./adamw.ts";
export type { Best } from "./best.ts";
export { type Checkpoint, type Expected, loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
export { evaluate, type EvaluateOptions } from "./evaluate.ts";
export { type EvaluatedRun, evaluateRun, type EvaluateRunOptions } from "./evaluate_run.ts";
export type { Evaluation } from "./evaluation.ts";
export { type AccuracyGain, accuracyGain } from "./metrics/accuracy_gain.ts";
export { confusionMatrix } from "./metrics/confusion_matrix.ts";
export type { ForwardOptions } from "./forward.ts";
export { type GroupAccuracy, groupAccuracy, groupMeans } from "./metrics/group_accuracy.ts";
export type { ModelInput } from "./model_input.ts";
export { type OpenedModel, openModel, type OpenModelOptions } from "./open_model.ts";
export type { RunDataOptions } from "./run_data.ts";
export { type OpenedStages, openStages } from "./open_stages.ts";
export { type OpenedRun, openRun, type OpenRunOptions } from "./open_run.ts";
export { loadWeights } from "./load_weights.ts";
export { type Optimizer, sgd, type SgdOptions } from "./optimizer.ts";
export type { DataOptions, TrainOptions } from "./options.ts";
export {
  type FoundImages,
  type ImagePrediction,
  predictEach,
  predictImages,
  type PredictImagesOptions,
  type RankedClass,
} from "./predict_images.ts";
export { type Model, predict, type Predictions, type PredictOptions } from "./predict.ts";
export {
  cmoBatches,
  cutMixBatches,
  type MixedBatchLoss,
  type Mixing,
  type MixingMoment,
  mixupBatches,
  type MixupBatchesOptions,
  remixBatches,
  sharedMix,
  singleMix,
  type SoftLoss,
} from "./mixing.ts";
export type {
  CheckpointEvent,
  EarlyStopEvent,
  EndEvent,
  EvaluationEvent,
  StageEvent,
  StartEvent,
  StepEvent,
  TrainEvent,
} from "./progress.ts";
export type { NetworkName } from "./recipes/networks.ts";
export type { Precision, TrainResult } from "./result.ts";
export {
  constant,
  type Schedule,
  stepwise,
  type StepwiseOptions,
  warmedUp,
  type Warmup,
  warmupCosine,
  type WarmupCosineOptions,
} from "./schedule.ts";
export { readTrainOptions } from "./settings/file.ts";
export { type Spread } from "./spread.ts";
export { type CollectedSweep, collectSweep, type CollectSweepOptions } from "./collect_sweep.ts";
export {
  type Sweep,
  sweep,
  type SweepJob,
  sweepJobs,
  type SweepOptions,
  type SweepRow,
} from "./sweep.ts";
export { profileTraining } from "./profile_training.ts";
export { exportWeights, type ExportWeightsOptions } from "./export_weights.ts";
export { train } from "./train.ts";
export { renew } from "./stages/classifier.ts";
export { setFactors } from "./stages/factors.ts";
export { measureClassMeans } from "./stages/class_means.ts";
export { measureLogits } from "./stages/logit_statistics.ts";
export { keepMaxNorm, measureMaxNorm } from "./stages/max_norm.ts";
export type { Beginning, Change, Moment, Projection, Stage } from "./stages/stage.ts";
export { chooseTau } from "./stages/tau.ts";
export { rememberTeacher } from "./stages/teacher.ts";
export { type ListedRecipe, listRecipes } from "./recipes/list.ts";
