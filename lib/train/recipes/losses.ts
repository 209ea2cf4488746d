/**
 * Tokens for losses.
 *
 * @module
 */
import {
  abcNorm,
  ala,
  type AnyLoss,
  balancedSoftmax,
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
  seesaw,
  softCrossEntropy,
} from "../../losses/mod.ts";
import { addToLogits } from "../../losses/counts.ts";
import { boundedCosine } from "../../nn/bounded_cosine.ts";
import type { Module } from "../../nn/module.ts";
import { scaledLogits } from "../../nn/scaled_logits.ts";
import { tDistributed } from "../../nn/t_distributed.ts";
import type { SoftLoss } from "../mixing.ts";
import type { Token, Tokens } from "./token.ts";

/** A loss, and what the network needs for it. */
export interface LossToken extends Token {
  /** Makes the loss for the training images of each class. */
  readonly loss: (counts: readonly number[]) => AnyLoss;
  /** The same with class weights, for deferred re-weighting. */
  readonly weighted?: (counts: readonly number[], weights: readonly number[]) => Loss;
  /** The same for a target of its own for each image, for remix. */
  readonly soft?: (counts: readonly number[]) => SoftLoss;
  /** Why it cannot take images of two classes. */
  readonly unmixed?: string;
  /**
   * The classifier that it needs.
   *
   * @default {"linear"}
   */
  readonly head?: (classes: number) => "cosine" | Module;
  /** What makes logits of the classifier's output, by name; before LR. */
  readonly similarity?: () => Readonly<Record<string, Module>>;
  /** What changes logits in training and at test, by name; after LR. */
  readonly adjustment?: (counts: readonly number[]) => Readonly<Record<string, Module>>;
}

/** Share of the training after which LDAM-DRW weights classes: epoch 160 of 200. */
const DEFERRED = 0.8;

const cosine = () => "cosine" as const;

/** Cross-entropy of z + log n with a target for each image. */
const balancedSoft = (counts: readonly number[]): SoftLoss => (logits, targets) =>
  softCrossEntropy(addToLogits(logits, counts.map(Math.log)), targets);

/** Every loss by its token. */
export const LOSSES: Tokens<LossToken> = {
  ce: {
    about: "cross-entropy",
    source: "the paper's baseline",
    loss: () => crossEntropy(),
    weighted: (_counts, weights) => crossEntropy({ weights }),
    soft: () => softCrossEntropy,
  },
  focal: {
    about: "focal loss",
    source: "Lin et al. 2017",
    loss: () => focal(),
    weighted: (_counts, weights) => focal({ weights }),
  },
  cb: {
    about: "class-balanced loss",
    source: "Cui et al. 2019",
    loss: (counts) => classBalancedLoss(counts),
  },
  ldam: {
    about: "label-distribution-aware margins",
    source: "Cao et al. 2019",
    loss: (counts) => ldam(counts),
    weighted: (counts) => ldam(counts, { deferAt: 0 }),
    head: cosine,
  },
  "ldam-drw": {
    about: "LDAM with deferred re-weighting",
    source: "Cao et al. 2019",
    loss: (counts) => ldam(counts, { deferAt: DEFERRED }),
    head: cosine,
    refuses: { drs: "it already defers re-weighting" },
  },
  "balanced-softmax": {
    about: "Balanced Softmax",
    source: "Ren et al. 2020",
    loss: (counts) => balancedSoftmax(counts),
    soft: balancedSoft,
  },
  "logit-adjust": {
    about: "logit-adjusted cross-entropy",
    source: "Menon et al. 2021",
    loss: (counts) => logitAdjusted(counts),
    // log n and log π differ by a constant, which a softmax does not see.
    soft: balancedSoft,
  },
  eql: {
    about: "equalization loss, softmax form",
    source: "Tan et al. 2020",
    loss: (counts) => eql(counts),
  },
  seesaw: {
    about: "Seesaw loss",
    source: "Wang et al. 2021",
    loss: (counts) => seesaw(counts.length),
    unmixed: "it counts the one label of each image",
  },
  gcl: {
    about: "Gaussian clouded logits, first stage",
    source: "Li et al. 2022",
    loss: (counts) => gcl(counts),
    head: cosine,
  },
  iif: {
    about: "inverse image frequency, raw form",
    source: "Alexandridis et al. 2023",
    // The network multiplies its logits, at test too.
    loss: () => crossEntropy(),
    adjustment: (counts) => ({ iif: scaledLogits(iifWeights(counts)) }),
  },
  "iif-smooth": {
    about: "inverse image frequency, smooth form with its cosine head",
    source: "Alexandridis et al. 2023",
    loss: () => crossEntropy(),
    head: (classes) => boundedCosine({ units: classes }),
    adjustment: (counts) => ({ iif: scaledLogits(iifWeights(counts, { form: "smooth" })) }),
  },
  "abc-norm": {
    about: "ABC-Norm regularisation",
    source: "Hsu et al. 2023",
    loss: (counts) => abcNorm(counts),
  },
  dtrg: {
    about: "DTRG's class centres",
    source: "Liu et al. 2022",
    loss: (counts) => dtrg(counts),
    unmixed: "it draws each image to the centre of its one class",
  },
  ala: {
    about: "adaptive logit adjustment",
    source: "Zhao et al. 2022",
    loss: (counts) => ala(counts),
    head: cosine,
    refuses: { lr: "it measures difficulty by cosines, which lr changes" },
  },
  tsc: {
    about: "t-distributed spherical features (a reconstruction)",
    source: "Yang et al. 2023",
    // The network makes its logits of cosines.
    loss: () => crossEntropy(),
    head: cosine,
    similarity: () => ({ tsc: tDistributed() }),
  },
};
