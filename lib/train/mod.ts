/**
 * Training by recipe or with any network, loss and sampler; evaluation and prediction; stages; sweeps over seeds.
 *
 * @example A custom network, trained with class-balanced sampling
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "@nbn/toolkit/data";
 * import { crossEntropy } from "@nbn/toolkit/losses";
 * import { nbn, resnetCifar } from "@nbn/toolkit/nn";
 * import { classBalancedSampler } from "@nbn/toolkit/samplers";
 * import { train } from "@nbn/toolkit/train";
 *
 * const result = await train({
 *   data: builtin({ max: 40, imbalance: 10, testImages: 2 }),
 *   network: resnetCifar({ depth: 8, width: 0.25, classes: 10, norm: nbn() }),
 *   loss: crossEntropy(),
 *   sampler: classBalancedSampler,
 *   batch: 8,
 *   iterations: 2,
 * });
 * assertEquals(result.iterations, 2);
 * ```
 *
 * @module
 */
export type { Precision } from "../engine/precision.ts";
export { evaluate, type EvaluateOptions, type Evaluation } from "../inference/evaluate.ts";
export type { ForwardOptions } from "../inference/forward.ts";
export {
  type Model,
  predict,
  type Predictions,
  type PredictOptions,
} from "../inference/predict.ts";
export type { Best } from "../loop/best.ts";
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
export { reinitialise } from "../loop/stages/classifier.ts";
export { measureClassMeans } from "../loop/stages/class_means.ts";
export { setLogitFactors } from "../loop/stages/logit_factors.ts";
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
export type { TrainResult } from "../runs/result.ts";
export { readTrainOptions } from "../settings/config_file.ts";
export type { DataOptions } from "../recipes/data_options.ts";
export type { TrainOptions } from "../settings/train_options.ts";
export { type CollectedSweep, collectSweep, type CollectSweepOptions } from "./collect_sweep.ts";
export { profileTraining } from "./profile_training.ts";
export { type Sweep, sweep, type SweepOptions, type SweepRow } from "./sweep.ts";
export type { CollectedSweepOf, SweepFrame, SweepOf } from "./sweep_kind.ts";
export { type SweepJob, sweepJobs } from "./sweep_jobs.ts";
export { train } from "./train.ts";
