/**
 * The tokens of a recipe's method: what each of them changes.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
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
  seesaw,
} from "../../losses/mod.ts";
import type { Module } from "../../nn/module.ts";
import { scaledLogits } from "../../nn/scaled_logits.ts";
import { tDistributed } from "../../nn/t_distributed.ts";
import {
  classAware,
  classBalanced,
  effectiveNumber,
  instanceBalanced,
  progressivelyBalanced,
  repeatFactor,
  reversed,
  type Sampler,
  squareRoot,
} from "../../samplers/mod.ts";

/** A method: one loss, at most one sampler, layers. */
export interface Method {
  /** Makes the loss for the training images of each class. */
  readonly loss: (counts: readonly number[]) => AnyLoss;
  /** Makes the sampler of a training that draws so many images in all. */
  readonly sampler: (draws: number) => Sampler;
  /** The classifier that the loss needs. */
  readonly head: "linear" | "cosine";
  /** What makes logits of the classifier's output, by name; before LR. */
  readonly similarity: () => Readonly<Record<string, Module>>;
  /** What changes logits in training and at test, by name; after LR. */
  readonly adjustment: (counts: readonly number[]) => Readonly<Record<string, Module>>;
  /** Whether the last stage has NBN. */
  readonly nbn: boolean;
  /** Whether logits are rectified. */
  readonly lr: boolean;
}

/** Share of the training after which LDAM-DRW weights classes: epoch 160 of 200. */
const DEFERRED = 0.8;

const LOSSES: Readonly<Record<string, Method["loss"]>> = {
  ce: () => crossEntropy(),
  focal: () => focal(),
  cb: (counts) => classBalancedLoss(counts),
  ldam: (counts) => ldam(counts),
  "ldam-drw": (counts) => ldam(counts, { deferAt: DEFERRED }),
  "balanced-softmax": (counts) => balancedSoftmax(counts),
  "logit-adjust": (counts) => logitAdjusted(counts),
  eql: (counts) => eql(counts),
  seesaw: (counts) => seesaw(counts.length),
  gcl: (counts) => gcl(counts),
  // The network multiplies its logits, at test too.
  iif: () => crossEntropy(),
  "abc-norm": (counts) => abcNorm(counts),
  dtrg: (counts) => dtrg(counts),
  ala: (counts) => ala(counts),
  // The network makes its logits of cosines.
  tsc: () => crossEntropy(),
};

const COSINE_HEADS = ["ldam", "ldam-drw", "gcl", "ala", "tsc"];

const SIMILARITIES: Readonly<Record<string, Method["similarity"]>> = {
  tsc: () => ({ tsc: tDistributed() }),
};

const ADJUSTMENTS: Readonly<Record<string, Method["adjustment"]>> = {
  iif: (counts) => ({ iif: scaledLogits(iifWeights(counts)) }),
};

const SAMPLERS: Readonly<Record<string, Method["sampler"]>> = {
  "instance-balanced": () => instanceBalanced,
  "class-balanced": () => classBalanced,
  "square-root": () => squareRoot,
  "progressively-balanced": (draws) => (labels, options) =>
    progressivelyBalanced(labels, { ...options, total: draws }),
  "effective-number": () => effectiveNumber,
  reversed: () => reversed,
  "repeat-factor": () => repeatFactor,
  "class-aware": () => classAware,
};

const LAYERS = ["nbn", "lr"];

/** Every token that a recipe can have. */
export const TOKENS: readonly string[] = [
  ...Object.keys(LOSSES),
  ...Object.keys(SAMPLERS),
  ...LAYERS,
];

/**
 * Reads the tokens of a method.
 *
 * @param tokens For instance `["ce", "nbn", "lr"]`: one loss, and any of the others.
 * @param recipe The whole recipe, for messages.
 * @returns The method.
 * @throws {UsageError} If a token is unknown or comes twice, there is not one loss and at most one sampler,
 * or tokens do not go together.
 */
export function method(tokens: readonly string[], recipe: string): Method {
  const unknown = tokens.find((token) => !TOKENS.includes(token));
  if (unknown !== undefined) {
    throw new UsageError(
      `Expected recipe ${recipe} to be made of ${TOKENS.join(", ")} but found "${unknown}"`,
    );
  }
  const twice = tokens.find((token, place) => tokens.indexOf(token) < place);
  if (twice) {
    throw new UsageError(`Expected each token of recipe ${recipe} once but found ${twice} twice`);
  }
  const losses = tokens.filter((token) => Object.hasOwn(LOSSES, token));
  const samplers = tokens.filter((token) => Object.hasOwn(SAMPLERS, token));
  if (losses.length !== 1) {
    throw new UsageError(
      `Expected recipe ${recipe} to have one loss of ${Object.keys(LOSSES).join(", ")} but found ` +
        (losses.join(" and ") || "none"),
    );
  }
  if (samplers.length > 1) {
    throw new UsageError(
      `Expected recipe ${recipe} to have one sampler but found ${samplers.join(" and ")}`,
    );
  }
  if (losses[0] === "ala" && tokens.includes("lr")) {
    throw new UsageError(
      `Expected recipe ${recipe} without lr, for ala measures difficulty by cosines, which lr changes, ` +
        "but found both",
    );
  }
  return {
    loss: LOSSES[losses[0]],
    sampler: SAMPLERS[samplers[0] ?? "instance-balanced"],
    head: COSINE_HEADS.includes(losses[0]) ? "cosine" : "linear",
    similarity: SIMILARITIES[losses[0]] ?? (() => ({})),
    adjustment: ADJUSTMENTS[losses[0]] ?? (() => ({})),
    nbn: tokens.includes("nbn"),
    lr: tokens.includes("lr"),
  };
}
