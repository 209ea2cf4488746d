/**
 * Training, evaluation, prediction, checkpoints.
 *
 * @module
 */
export { type Checkpoint, type Expected, loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
export { evaluate, type EvaluateOptions } from "./evaluate.ts";
export { type EvaluatedRun, evaluateRun, type EvaluateRunOptions } from "./evaluate_run.ts";
export type { Evaluation } from "./evaluation.ts";
export { confusionMatrix } from "./metrics/confusion_matrix.ts";
export type { ForwardOptions } from "./forward.ts";
export { type GroupAccuracy, groupAccuracy } from "./metrics/group_accuracy.ts";
export { type OpenedRun, openRun, type OpenRunOptions } from "./open_run.ts";
export { type Optimizer, sgd, type SgdOptions } from "./optimizer.ts";
export type { DataOptions, TrainOptions } from "./options.ts";
export { type Model, predict, type Predictions, type PredictOptions } from "./predict.ts";
export type {
  CheckpointEvent,
  EndEvent,
  EvaluationEvent,
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
  warmupCosine,
  type WarmupCosineOptions,
} from "./schedule.ts";
export { type Spread } from "./spread.ts";
export { type Sweep, sweep, type SweepOptions, type SweepRow } from "./sweep.ts";
export { profileTraining } from "./profile_training.ts";
export { exportWeights, type ExportWeightsOptions } from "./export_weights.ts";
export { train } from "./train.ts";
