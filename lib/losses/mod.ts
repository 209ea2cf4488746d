/**
 * Losses for long-tailed recognition: functions of logits and labels, made from the number of training
 * images of each class.
 *
 * @module
 */
export { balancedSoftmax } from "./balanced_softmax.ts";
export {
  classBalancedLoss,
  type ClassBalancedLossOptions,
  effectiveNumberWeights,
} from "./class_balanced_loss.ts";
export { crossEntropy, type CrossEntropyOptions } from "./cross_entropy.ts";
export { focal, type FocalOptions, sigmoidFocal } from "./focal.ts";
export { ldam, type LdamOptions } from "./ldam.ts";
export { logitAdjusted, logitAdjustment, type LogitAdjustmentOptions } from "./logit_adjusted.ts";
export type { Loss, LossContext } from "./loss.ts";
