/**
 * Training, evaluation, prediction, checkpoints.
 *
 * @module
 */
export { adamw, type AdamwOptions } from "../optim/adamw.ts";
export type { Best } from "../loop/best.ts";
export {
  type Checkpoint,
  type Expected,
  loadCheckpoint,
  saveCheckpoint,
} from "../checkpoints/checkpoint.ts";
export { evaluate, type EvaluateOptions } from "../inference/evaluate.ts";
export { type EvaluatedRun, evaluateRun, type EvaluateRunOptions } from "../runs/evaluate_run.ts";
export type { Evaluation } from "../inference/evaluation.ts";
export { type AccuracyGain, accuracyGain } from "../metrics/accuracy_gain.ts";
export { confusionMatrix } from "../metrics/confusion_matrix.ts";
export type { ForwardOptions } from "../inference/forward.ts";
export { type GroupAccuracy, groupAccuracy, groupMeans } from "../metrics/group_accuracy.ts";
export type { ModelInput } from "../runs/model_input.ts";
export { type OpenedModel, openModel, type OpenModelOptions } from "../runs/open_model.ts";
export type { RunDataOptions } from "../runs/run_data.ts";
export { type OpenedStages, openStages } from "../runs/open_stages.ts";
export { type OpenedRun, openRun, type OpenRunOptions } from "../runs/open_run.ts";
export { type LoadedWeights, loadWeights } from "../runs/load_weights.ts";
export { pretrained, type PretrainedWeights } from "../runs/pretrained.ts";
export { type Optimizer, sgd, type SgdOptions } from "../optim/optimizer.ts";
export type { DataOptions, TrainOptions } from "../settings/train_options.ts";
export {
  type FoundImages,
  type ImagePrediction,
  predictEach,
  predictImages,
  type PredictImagesOptions,
  type RankedClass,
} from "../runs/predict_images.ts";
export {
  type Model,
  predict,
  type Predictions,
  type PredictOptions,
} from "../inference/predict.ts";
export {
  cmoBatches,
  cutMixBatches,
  type MixedBatchLoss,
  type Mixing,
  type MixingContext,
  mixupBatches,
  type MixupBatchesOptions,
  perImageLambdaLoss,
  remixBatches,
  sharedLambdaLoss,
  type SoftLoss,
} from "../loop/mixing.ts";
export type {
  CheckpointEvent,
  EarlyStopEvent,
  EndEvent,
  EvaluationEvent,
  StageEvent,
  StartEvent,
  StepEvent,
  TrainEvent,
} from "../loop/progress.ts";
export type { NetworkName } from "../recipes/networks.ts";
export type { Precision } from "../engine/precision.ts";
export type { TrainResult } from "../runs/result.ts";
export {
  constantSchedule,
  type Schedule,
  stepDecay,
  type StepDecayOptions,
  type Warmup,
  warmupCosine,
  type WarmupCosineOptions,
  withWarmup,
} from "../optim/schedule.ts";
export { readTrainOptions } from "../settings/file.ts";
export { type MeanAndDeviation } from "../metrics/mean_and_deviation.ts";
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
export { train } from "./train.ts";
export { reinitialise } from "../loop/stages/classifier.ts";
export { setLogitFactors } from "../loop/stages/logit_factors.ts";
export { measureClassMeans } from "../loop/stages/class_means.ts";
export { measureLogitStatistics } from "../loop/stages/logit_statistics.ts";
export { measureMaxNorm, projectMaxNorm } from "../loop/stages/max_norm.ts";
export type {
  Projection,
  Stage,
  StageChanges,
  StageHook,
  StageTransition,
} from "../loop/stages/stage.ts";
export { selectTau } from "../loop/stages/tau.ts";
export { keepTeacher } from "../loop/stages/teacher.ts";
export { type ListedRecipe, listRecipes } from "../recipes/list.ts";
