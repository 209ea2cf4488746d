/**
 * Networks: layers as pure functions, NBN, LR, CIFAR ResNets.
 *
 * @module
 */
export { batchNorm, type BatchNormOptions } from "./batch_norm.ts";
export type { Conv2dOptions } from "../engine/ops/mod.ts";
export { conv, type ConvOptions } from "./conv.ts";
export {
  layers,
  type LrLayerOptions,
  type MagnitudeLayerOptions,
  type NbnLayerOptions,
} from "./layers.ts";
export { linear, type LinearOptions } from "./linear.ts";
export { lr } from "./lr.ts";
export type { Initialised, Mode, Module, Norm, NormSite } from "./module.ts";
export { nbn, type NbnOptions } from "./nbn.ts";
export { type Network, network } from "./network.ts";
export {
  normalizedAffine,
  type NormalizedAffineOptions,
  type UnitRule,
} from "./normalized_affine.ts";
export type { Placement } from "./placement.ts";
export { resnet32, resnetCifar, type ResnetCifarOptions } from "./resnet_cifar.ts";
export { residual, sequential, stateless, tapped } from "./sequential.ts";
export { weightDecayMask, type WeightDecayMaskOptions } from "./weight_decay_mask.ts";
