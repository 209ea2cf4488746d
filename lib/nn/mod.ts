/**
 * Networks: layers as pure functions, NBN, LR, ResNets.
 *
 * @module
 */
export {
  aceExperts,
  type AceExpertsOptions,
  aceTargets,
  type AceTargetsOptions,
} from "./ace_experts.ts";
export { append } from "./append.ts";
export { balancedContrast, type BalancedContrastOptions } from "./balanced_contrast.ts";
export { batchNorm, type BatchNormOptions } from "./batch_norm.ts";
export { boundedCosine, type BoundedCosineOptions } from "./bounded_cosine.ts";
export { calibratedLogits } from "./calibrated_logits.ts";
export type { Conv2dOptions } from "../engine/ops/mod.ts";
export type { ClassifierOptions } from "./classifier.ts";
export { conv, type ConvOptions } from "./conv.ts";
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
export type { AppliedNorm, Initialised, Mode, Module, Norm, NormSite } from "./module.ts";
export { momentumContrast, type MomentumContrastOptions } from "./momentum_contrast.ts";
export { momentumUpdate } from "./momentum_update.ts";
export { nbn, type NbnOptions } from "./nbn.ts";
export { type Network, network } from "./network.ts";
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
export { withScope } from "./with_scope.ts";
export { residual, sequential, stateless, withTap } from "./sequential.ts";
export { tDistributed, tDistributedLogits, type TDistributedOptions } from "./t_distributed.ts";
export { fromTorchvision, toTorchvision } from "./torchvision.ts";
export { weightDecayMask, type WeightDecayMaskOptions } from "./weight_decay_mask.ts";
export { type FeatureModule, withFeatures } from "./with_features.ts";
export { within } from "./within.ts";
