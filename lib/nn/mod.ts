/**
 * Networks: layers as pure functions, NBN, LR, ResNets, several experts, torchvision's weights.
 *
 * A module has `init`, which makes its parameters and statistics from a seed, and `apply`, a pure function of them and of
 * its input.
 *
 * @example A ResNet-32 with NBN in its last stage and LR behind its classifier
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logitsRectification, nbn, resnet32 } from "@nbn/toolkit/nn";
 *
 * const network = resnet32({ classes: 10, norm: nbn(), logits: logitsRectification() });
 * assertEquals(network.name, "resnet32");
 * ```
 *
 * @module
 */
export {
  aceExperts,
  type AceExpertsOptions,
  aceTargets,
  type AceTargetsOptions,
} from "./ace_experts.ts";
export { appendLayers } from "./append_layers.ts";
export { balancedContrast, type BalancedContrastOptions } from "./balanced_contrast.ts";
export { batchNorm, type BatchNormOptions } from "./batch_norm.ts";
export { boundedCosine, type BoundedCosineOptions } from "./bounded_cosine.ts";
export {
  type AppliedParts,
  compose,
  type Composition,
  type InitialisedParts,
  type InputOf,
  type Parts,
  type SizesOf,
} from "./compose.ts";
export { calibratedLogits } from "./calibrated_logits.ts";
export type { Conv2dOptions } from "../engine/ops/mod.ts";
export type { ClassifierOptions } from "./classifier.ts";
export { compoundBatchNorm, type CompoundBatchNormOptions } from "./compound_batch_norm.ts";
export { conv, type ConvOptions } from "./conv.ts";
export { dualPath, type DualPathOptions, frequencyGroups } from "./dual_path.ts";
export type { ExpertsOptions } from "./experts.ts";
export {
  layers,
  type LogitsRectificationLayerOptions,
  type MagnitudeLayerOptions,
  type NbnLayerOptions,
} from "./layers.ts";
export { learnedScale } from "./learned_scale.ts";
export { linear, type LinearOptions } from "./linear.ts";
export { logitsRectification } from "./logits_rectification.ts";
export type { Responsibility } from "./mixture.ts";
export type {
  AppliedClassifier,
  AppliedNorm,
  Initialised,
  Mode,
  Module,
  Norm,
  NormSite,
} from "./module.ts";
export {
  momentumContrast,
  type MomentumContrastOptions,
  momentumUpdate,
} from "./momentum_contrast.ts";
export { nbn, type NbnOptions } from "./nbn.ts";
export { type Network, network, withScope } from "./network.ts";
export {
  normalizedAffine,
  type NormalizedAffineOptions,
  type UnitRule,
} from "./normalized_affine.ts";
export type { Placement } from "./placement.ts";
export { addNorm, type PlacedNormOptions, replaceNorm } from "./placed_norms.ts";
export { projection, type ProjectionOptions } from "./projection.ts";
export type { Divisible, ResidualOptions } from "./residual_network.ts";
export type { Weights } from "./torchvision.ts";
export {
  resnet,
  resnet50,
  type ResnetOptions,
  resnetTrunk,
  type ResnetTrunkOptions,
  resnext50,
} from "./resnet.ts";
export { resnet32, resnetCifar, type ResnetCifarOptions } from "./resnet_cifar.ts";
export { ride, type RideOptions } from "./ride.ts";
export { routedExperts, type RoutedExpertsOptions } from "./routed_experts.ts";
export { scaledLogits } from "./scaled_logits.ts";
export {
  featureNorm,
  type FeatureNormOptions,
  instanceNorm,
  layerNorm,
  type SampleNormOptions,
} from "./sample_norms.ts";
export {
  type FittedWeights,
  fitWeights,
  type FitWeightsOptions,
  type FreshPart,
} from "./fit_weights.ts";
export { forChannels, residual, sequential, stateless, withTap } from "./sequential.ts";
export { superClassAttention, superClassEdges } from "./super_classes.ts";
export { superDisco, type SuperDiscoOptions } from "./super_disco.ts";
export { tDistributed, tDistributedLogits, type TDistributedOptions } from "./t_distributed.ts";
export { fromTorchvision, toTorchvision } from "./torchvision.ts";
export { weightDecayMask, type WeightDecayMaskOptions } from "./weight_decay_mask.ts";
export {
  type FeatureModule,
  type FeatureSizes,
  type LogitsAndFeatures,
  withFeatures,
} from "./with_features.ts";
