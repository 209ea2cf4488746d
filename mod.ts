/**
 * Long-tailed recognition: Normalized Batch Normalization (NBN), Logits Rectification (LR), and the losses, samplers,
 * data sets, training and analyses that they are compared with.
 *
 * This door has what most scripts need. Everything else is behind the door of its topic, for instance
 * `@nbn/toolkit/losses` or `@nbn/toolkit/analysis`; `@nbn/toolkit/samplers` and `@nbn/toolkit/data` load no TensorFlow.js.
 * Importing downloads nothing but TensorFlow.js itself; {@linkcode engine} starts TensorFlow on first use.
 *
 * @example A custom network with NBN and LR, trained with class-balanced sampling
 * ```ts
 * import {
 *   builtin,
 *   classBalancedSampler,
 *   crossEntropy,
 *   logitsRectification,
 *   nbn,
 *   resnetCifar,
 *   train,
 * } from "@nbn/toolkit";
 *
 * const data = builtin({ max: 40, imbalance: 10, testImages: 2 });
 * const network = resnetCifar({ depth: 8, width: 0.25, classes: 10, norm: nbn(), logits: logitsRectification() });
 * const result = await train({
 *   data,
 *   network,
 *   loss: crossEntropy(),
 *   sampler: classBalancedSampler,
 *   batch: 8,
 *   iterations: 2,
 * });
 * console.log(result.head, result.medium, result.tail);
 * ```
 *
 * @module
 */
export {
  BusyError,
  CheckpointError,
  DataError,
  DivergedError,
  EngineError,
  InputError,
  UsageError,
} from "./lib/core/mod.ts";
export { engine, tf } from "./lib/engine/mod.ts";
export {
  batchNorm,
  conv,
  linear,
  logitsRectification,
  type Module,
  nbn,
  type NbnOptions,
  type Network,
  network,
  resnet,
  resnet32,
  resnet50,
  resnetCifar,
  resnext50,
  ride,
  sequential,
  stateless,
} from "./lib/nn/mod.ts";
export {
  balancedSoftmax,
  bcl,
  classBalancedLoss,
  crossEntropy,
  eql,
  focal,
  gcl,
  labelAwareSmoothing,
  ldam,
  logitAdjusted,
  type Loss,
  paco,
  rideLoss,
  seesaw,
} from "./lib/losses/mod.ts";
export {
  bbnSampler,
  classAwareSampler,
  classBalancedSampler,
  effectiveNumberSampler,
  instanceBalancedSampler,
  progressivelyBalancedSampler,
  repeatFactorSampler,
  reversedSampler,
  type Sampler,
  squareRootSampler,
} from "./lib/samplers/mod.ts";
export {
  builtin,
  cifar10,
  cifar100,
  classCounts,
  type ImageDataset,
  imageFolder,
  imageList,
  longTail,
  longTailCounts,
  openData,
  type Split,
} from "./lib/data/mod.ts";
export { adamw, sgd, stepDecay, warmupCosine } from "./lib/optim/mod.ts";
export {
  evaluate,
  type Evaluation,
  type Model,
  predict,
  type Predictions,
  sweep,
  train,
  type TrainOptions,
  type TrainResult,
} from "./lib/train/mod.ts";
export { listRecipes, type Recipe, recipe } from "./lib/recipes/mod.ts";
export { evaluateRun, openModel, openRun, predictImages } from "./lib/runs/mod.ts";
export { logN, maxNorm, nearestClassMean, tauNorm } from "./lib/post_hoc/mod.ts";
export {
  analyseRun,
  attentionMap,
  channelDrops,
  channelGroups,
  collectFeatures,
  featureStatistics,
  magnitudeHistory,
  maskChannels,
  maskGroups,
  weightCurve,
} from "./lib/analysis/mod.ts";
export { plots, show } from "./lib/plots/mod.ts";
export { exportRun } from "./lib/export/mod.ts";
export { report } from "./lib/report/mod.ts";
