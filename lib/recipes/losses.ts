/**
 * Tokens for losses.
 *
 * @module
 */
import {
  abcNorm,
  ace,
  ala,
  type AnyLoss,
  balancedSoftmax,
  bcl,
  classBalancedLoss,
  crossEntropy,
  dtrg,
  eql,
  focal,
  gcl,
  iifWeights,
  ldam,
  logitAdjusted,
  type Loss,
  paco,
  seesaw,
  softCrossEntropy,
} from "../losses/mod.ts";
import { addToLogits } from "../losses/counts.ts";
import { boundedCosine } from "../nn/bounded_cosine.ts";
import { aceExperts } from "../nn/ace_experts.ts";
import { balancedContrast } from "../nn/balanced_contrast.ts";
import type { Module } from "../nn/module.ts";
import { momentumContrast } from "../nn/momentum_contrast.ts";
import type { Network } from "../nn/network.ts";
import { scaledLogits } from "../nn/scaled_logits.ts";
import { tDistributed } from "../nn/t_distributed.ts";
import { stateless } from "../nn/sequential.ts";
import type { Augmentation } from "../data/augment/mod.ts";
import type { SoftLoss } from "../loop/mixing.ts";
import { sgd } from "../optim/optimizer.ts";
import { warmupCosine } from "../optim/schedule.ts";
import type { Stage } from "../loop/stages/stage.ts";
import { isLarge, type Length, lengthOf } from "./lengths.ts";
import type { NetworkPieces } from "./network_pieces.ts";
import type { StageSetting } from "./recipe.ts";
import type { Token, Tokens } from "./token.ts";

/** A loss and the changes to network and first stage that it needs. */
export interface LossToken extends Token {
  /** Makes the loss from the number of training images per class, with label smoothing if it `smooths`. */
  readonly loss: (counts: readonly number[], smoothing?: number) => AnyLoss;
  /** Whether it is a cross-entropy and so supports label smoothing. */
  readonly smooths?: boolean;
  /** Makes the same loss with class weights, for deferred re-weighting. */
  readonly weighted?: (
    counts: readonly number[],
    weights: readonly number[],
    smoothing?: number,
  ) => Loss;
  /** Makes the same loss for a soft target per image, for remix. */
  readonly soft?: (counts: readonly number[]) => SoftLoss;
  /** Why it does not support mixed images, if so. */
  readonly unmixed?: string;
  /**
   * Classifier that it needs.
   *
   * @default {"linear"}
   */
  readonly head?: (classes: number) => "cosine" | Module;
  /** Replacements after LR for a loss on scaled cosines: losses on plain logits with a scale of 1. */
  readonly rectified?: Pick<LossToken, "loss" | "weighted">;
  /** Modules by name that compute logits from the classifier's output; applied before LR. */
  readonly similarity?: () => Readonly<Record<string, Module>>;
  /** Modules by name that change logits in training and at test time; applied after LR. */
  readonly adjustment?: (counts: readonly number[]) => Readonly<Record<string, Module>>;
  /** Builds the network, if it is not one classifier after all stages. */
  readonly backbone?: (
    plain: (pieces: NetworkPieces) => Network,
    pieces: NetworkPieces,
    counts: readonly number[],
  ) => Network;
  /** Extends the network. */
  readonly extend?: (network: Network) => Network;
  /**
   * Returns the number of steps and the batch size.
   *
   * @default {those of the data set}
   */
  readonly length?: (dataSet: string) => Length | undefined;
  /** Returns overrides for the first stage. */
  readonly first?: (setting: StageSetting) => Partial<Stage>;
  /** Why no method for a single classifier can follow, if so. */
  readonly single?: string;
}

/**
 * Returns the scale that a loss applies to logits: 30 for cosines, 1 for plain logits and for all losses after LR.
 *
 * @param loss The loss.
 * @returns 30 or 1.
 */
export function scaleOf({ head, similarity }: LossToken): number {
  return head === cosine && !similarity ? 30 : 1;
}

/**
 * Adapts a loss for use after LR. LR standardises logits, so the scale of 30 would no longer apply to cosines in
 * [-1, 1]: the head is linear instead and the scale 1, as in the paper's code.
 *
 * @param token The loss.
 * @returns The same loss, or its variant for standardised logits.
 */
export function behindLr(token: LossToken): LossToken {
  return token.rectified ? { ...token, ...token.rectified, head: undefined } : token;
}

/** Fraction of the training after which LDAM-DRW weights classes: epoch 160 of 200. */
const DEFERRED = 0.8;

const cosine = () => "cosine" as const;

/** Source that losses on cosines follow. */
const PLAIN_BEHIND_LR =
  "with `lr` the paper's code: a linear head and a scale of 1, for LR takes their range from cosines times 30";

/**
 * Weight decay of GCL's stages in its authors' code.
 *
 * @param setting Data set.
 * @returns 2e-4; for Places-LT 5e-4.
 */
export function gclDecay({ dataSet }: Pick<StageSetting, "dataSet">): number {
  return dataSet.startsWith("places") ? 5e-4 : 2e-4;
}

/** Cross-entropy of z + log n with a soft target per image. */
const balancedSoft = (counts: readonly number[]): SoftLoss => (logits, targets) =>
  softCrossEntropy(addToLogits(logits, counts.map(Math.log)), targets);

/** Whether a network has bottleneck blocks and so 2048 feature channels. */
const isDeep = ({ name }: Network) => /^res(net(50|101|152)|next)/.test(name);

/** Augmentations of the two views that BCL contrasts: crop, flip, colour jitter. */
const SIMPLE_VIEWS = Array<readonly Augmentation[]>(2).fill([
  { name: "random-resized-crop", scale: [0.2, 1] },
  { name: "flip" },
  { name: "color-jitter", hue: 0.1 },
]);

/** Every loss by its token. */
export const LOSSES: Tokens<LossToken> = {
  ce: {
    about: "cross-entropy",
    source: "the paper's baseline",
    functions: ["crossEntropy"],
    loss: (_counts, smoothing) => crossEntropy({ smoothing }),
    smooths: true,
    weighted: (_counts, weights, smoothing) => crossEntropy({ weights, smoothing }),
    soft: () => softCrossEntropy,
  },
  focal: {
    about: "focal loss",
    source: "Lin et al. 2017",
    functions: ["focal"],
    follows:
      "with `drw` LDAM's code: weights count within p, and the mean is over images (`weightedProbability`, " +
      "`reduction` of `focal()`, whose own default is PyTorch's weighted mean)",
    loss: () => focal(),
    weighted: (_counts, weights) =>
      focal({ weights, weightedProbability: true, reduction: "mean" }),
  },
  cb: {
    about: "class-balanced loss",
    source: "Cui et al. 2019",
    functions: ["classBalancedLoss"],
    follows:
      'its authors\' code: the mean over the batch (`reduction: "mean"`); PyTorch divides by the sum of weights ' +
      '(`"weighted-mean"`)',
    loss: (counts) => classBalancedLoss(counts),
  },
  ldam: {
    about: "label-distribution-aware margins",
    follows: PLAIN_BEHIND_LR,
    source: "Cao et al. 2019",
    functions: ["ldam"],
    loss: (counts) => ldam(counts),
    weighted: (counts) => ldam(counts, { deferAt: 0 }),
    head: cosine,
    rectified: {
      loss: (counts) => ldam(counts, { scale: 1 }),
      weighted: (counts) => ldam(counts, { scale: 1, deferAt: 0 }),
    },
  },
  "ldam-drw": {
    about: "LDAM with deferred re-weighting",
    follows: PLAIN_BEHIND_LR,
    source: "Cao et al. 2019",
    functions: ["ldam"],
    loss: (counts) => ldam(counts, { deferAt: DEFERRED }),
    head: cosine,
    rectified: { loss: (counts) => ldam(counts, { scale: 1, deferAt: DEFERRED }) },
    refuses: { drs: "it already defers re-weighting" },
  },
  "balanced-softmax": {
    about: "Balanced Softmax",
    source: "Ren et al. 2020",
    functions: ["balancedSoftmax"],
    loss: (counts, smoothing) => balancedSoftmax(counts, { smoothing }),
    smooths: true,
    soft: balancedSoft,
  },
  "logit-adjust": {
    about: "logit-adjusted cross-entropy",
    source: "Menon et al. 2021",
    functions: ["logitAdjusted"],
    loss: (counts, smoothing) => logitAdjusted(counts, { smoothing }),
    smooths: true,
    // log n and log π differ by a constant, to which softmax is invariant.
    soft: balancedSoft,
  },
  eql: {
    about: "equalization loss, softmax form",
    source: "Tan et al. 2020",
    functions: ["eql"],
    loss: (counts) => eql(counts),
  },
  seesaw: {
    about: "Seesaw loss",
    source: "Wang et al. 2021",
    functions: ["seesaw"],
    loss: (counts) => seesaw(counts.length),
    unmixed: "it counts the one label of each image",
  },
  gcl: {
    about: "Gaussian clouded logits, first stage",
    follows: `${PLAIN_BEHIND_LR}; its authors' weight decay of 2e-4 (Places-LT: 5e-4)`,
    source: "Li et al. 2022",
    functions: ["gcl"],
    loss: (counts) => gcl(counts),
    head: cosine,
    rectified: { loss: (counts) => gcl(counts, { scale: 1 }) },
    first: (setting) => ({ optimizer: sgd({ weightDecay: gclDecay(setting) }) }),
  },
  iif: {
    about: "inverse image frequency, raw form",
    source: "Alexandridis et al. 2023",
    functions: ["iifWeights", "scaledLogits"],
    // The network itself scales the logits, at test time too.
    loss: (_counts, smoothing) => crossEntropy({ smoothing }),
    smooths: true,
    adjustment: (counts) => ({ iif: scaledLogits(iifWeights(counts)) }),
  },
  "iif-smooth": {
    about: "inverse image frequency, smooth form with its cosine head",
    source: "Alexandridis et al. 2023",
    functions: ["iifWeights", "boundedCosine"],
    loss: (_counts, smoothing) => crossEntropy({ smoothing }),
    smooths: true,
    head: (classes) => boundedCosine({ units: classes }),
    adjustment: (counts) => ({ iif: scaledLogits(iifWeights(counts, { form: "smooth" })) }),
  },
  "abc-norm": {
    about: "ABC-Norm regularisation",
    source: "Hsu et al. 2023",
    functions: ["abcNorm"],
    loss: (counts) => abcNorm(counts),
  },
  dtrg: {
    about: "DTRG's class centres",
    source: "Liu et al. 2022",
    functions: ["dtrg"],
    loss: (counts) => dtrg(counts),
    unmixed: "it draws each image to the centre of its one class",
  },
  ala: {
    about: "adaptive logit adjustment",
    source: "Zhao et al. 2022",
    functions: ["ala"],
    loss: (counts) => ala(counts),
    head: cosine,
    refuses: { lr: "it measures difficulty by cosines, which lr changes" },
  },
  tsc: {
    about: "t-distributed spherical features (a reconstruction)",
    source: "Yang et al. 2023",
    functions: ["tDistributed"],
    // The network itself computes logits from cosines.
    loss: (_counts, smoothing) => crossEntropy({ smoothing }),
    smooths: true,
    head: cosine,
    similarity: () => ({ tsc: tDistributed() }),
  },
  ace: {
    about: "ACE: experts for ever rarer classes (a reconstruction)",
    source: "Cai et al. 2021",
    functions: ["ace", "aceExperts"],
    loss: (counts) => ace(counts),
    backbone: (plain, pieces, counts) => aceExperts(plain, { ...pieces, counts }),
    unmixed: "each of its experts has classes of its own",
    single: "each of its experts has a classifier",
  },
  bcl: {
    about: "balanced contrastive learning",
    source: "Zhu et al. 2022, BCL",
    functions: ["bcl"],
    loss: (counts) => bcl(counts),
    head: cosine,
    similarity: () => ({ scale: stateless((x) => x.mul(30)) }),
    extend: (network) =>
      balancedContrast(network, isDeep(network) ? { hidden: 2048, outputs: 1024 } : {}),
    first: ({ dataSet, augment }) => ({
      views: isLarge(dataSet) ? undefined : [augment, ...SIMPLE_VIEWS],
    }),
    unmixed: "it compares views of one image",
  },
  paco: {
    about: "parametric contrastive learning",
    source: "Cui et al. 2021",
    follows:
      "its authors' code: batch norm within the projection, of which the paper does not speak",
    functions: ["paco"],
    loss: (counts) =>
      // Of the paper's data sets, only those of large images have more than 100 classes.
      counts.length > 100
        ? paco(counts, { alpha: 0.05, temperature: 0.2, queue: 8192 })
        : paco(counts),
    extend: (network) => momentumContrast(network, isDeep(network) ? { outputs: 128 } : {}),
    // 400 epochs with a warm-up of 10.
    length: (dataSet) => lengthOf(dataSet, { epochs: 400, batch: 128 }),
    first({ dataSet, iterations }) {
      const peak = isLarge(dataSet) ? 0.02 : 0.05, warmup = Math.round(iterations / 40);
      return {
        schedule: warmupCosine({ iterations, start: 0, peak, warmup }),
        optimizer: sgd({ weightDecay: 5e-4 }),
      };
    },
    unmixed: "it compares views of one image",
  },
};
