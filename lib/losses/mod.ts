/**
 * Losses for long-tailed recognition: functions of logits and labels, made from the number of training images of each
 * class.
 *
 * @example The loss of one image
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { balancedSoftmax } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = balancedSoftmax([90, 10])(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], -Math.log(0.1), 1e-5);
 * ```
 *
 * @module
 */
export { abcNorm, type AbcNormOptions } from "./abc_norm.ts";
export { ace, type AceOptions } from "./ace.ts";
export { ala, type AlaOptions } from "./ala.ts";
export { balancedSoftmax } from "./balanced_softmax.ts";
export {
  balancedContrastive,
  type BalancedContrastiveOptions,
  bcl,
  type BclOptions,
} from "./bcl.ts";
export type { LossDescription } from "./description.ts";
export {
  classBalancedLoss,
  type ClassBalancedLossOptions,
  effectiveNumberWeights,
} from "./class_balanced_loss.ts";
export { crossEntropy, type CrossEntropyOptions } from "./cross_entropy.ts";
export {
  disalign,
  disalignLogits,
  type DisalignOptions,
  type DisalignParams,
  disalignWeights,
} from "./disalign.ts";
export { dtrg, type DtrgOptions } from "./dtrg.ts";
export { dualPathLoss } from "./dual_path_loss.ts";
export { eql, type EqlOptions, sigmoidEql, type SigmoidEqlOptions } from "./eql.ts";
export { expertAssignment, type ExpertAssignmentOptions } from "./expert_assignment.ts";
export { focal, type FocalOptions, sigmoidFocal, type SigmoidFocalOptions } from "./focal.ts";
export { gcl, type GclOptions } from "./gcl.ts";
export { iif, iifLogits, type IifOptions, iifWeights } from "./iif.ts";
export { labelAwareSmoothing, type LabelAwareSmoothingOptions } from "./label_aware_smoothing.ts";
export { ldam, type LdamOptions } from "./ldam.ts";
export { logitAdjusted, logitAdjustment, type LogitAdjustmentOptions } from "./logit_adjusted.ts";
export type { InputSizes, LossInputs } from "./inputs.ts";
export {
  type AnyLoss,
  type Loss,
  type LossContext,
  type LossInput,
  type LossNeeds,
  type LossResult,
  type LossSizes,
  stateful,
  type StatefulLoss,
} from "./loss.ts";
export { mbj, type MbjOptions } from "./mbj.ts";
export { type MixedLoss, mixedLoss, softCrossEntropy } from "./mixed.ts";
export { paco, type PacoOptions } from "./paco.ts";
export { rideDistillation, type RideDistillationOptions } from "./ride_distillation.ts";
export { rideLoss, type RideLossOptions } from "./ride_loss.ts";
export { seesaw, type SeesawOptions } from "./seesaw.ts";
export { softmaxBinary, type SoftmaxBinaryOptions } from "./softmax_binary.ts";
export {
  type FeatureLoss,
  supervisedContrastive,
  type SupervisedContrastiveOptions,
} from "./supervised_contrastive.ts";
export { varianceRegularized, type VarianceRegularizedOptions } from "./variance_regularized.ts";
export { tsc } from "./tsc.ts";
export { type TeacherLoss, withTeacher, xerm, type XermOptions } from "./xerm.ts";
export { xermExperts, type XermExpertsOptions } from "./xerm_experts.ts";
export type { Reduction } from "./weighting.ts";
