/**
 * The tokens of a recipe's method: what each of them changes.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import {
  balancedSoftmax,
  classBalancedLoss,
  crossEntropy,
  focal,
  ldam,
  logitAdjusted,
  type Loss,
} from "../../losses/mod.ts";
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
  readonly loss: (counts: readonly number[]) => Loss;
  /** Makes the sampler of a training that draws so many images in all. */
  readonly sampler: (draws: number) => Sampler;
  /** The classifier that the loss needs. */
  readonly head: "linear" | "cosine";
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
 * @throws {UsageError} If a token is unknown or comes twice, or there is not one loss and at most one
 * sampler.
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
  return {
    loss: LOSSES[losses[0]],
    sampler: SAMPLERS[samplers[0] ?? "instance-balanced"],
    head: losses[0].startsWith("ldam") ? "cosine" : "linear",
    nbn: tokens.includes("nbn"),
    lr: tokens.includes("lr"),
  };
}
