/**
 * Type and common settings of the tokens for second stages.
 *
 * @module
 */
import type { Stage } from "../../loop/stages/stage.ts";
import type { Module } from "../../nn/module.ts";
import type { Network } from "../../nn/network.ts";
import { type Schedule, sgd, warmupCosine } from "../../optim/mod.ts";
import { instanceBalancedSampler } from "../../samplers/mod.ts";
import type { ExpertsToken } from "../experts/experts_token.ts";
import type { LossToken } from "../losses/loss_token.ts";
import type { StageSetting } from "../recipe.ts";
import type { Reasons, Token } from "../token.ts";

/** Tokens of a method that its second stage depends on. */
export interface FirstTokens {
  /** Its loss. */
  readonly loss: LossToken;
  /** Its experts, if it has several. */
  readonly experts?: ExpertsToken;
}

/** A second stage. */
export interface SecondStageToken extends Token {
  /** The kind of these tokens. */
  readonly kind: "second stage";
  /** Makes the classifier that it needs instead of a linear one, from the first stage on. */
  readonly head?: (classes: number) => Module;
  /** Extends the network of a loss; the extension has no effect and is not trained before the second stage. */
  readonly extend?: (network: Network, loss: LossToken, counts: readonly number[]) => Network;
  /** Path of the extension, if it has parameters. */
  readonly adds?: string;
  /** Experts that the first stage trains instead of the recipe's: a separate network, the teacher of the second. */
  readonly teacher?: ExpertsToken;
  /** Returns overrides for the first stage. */
  readonly first?: (setting: StageSetting) => Partial<Stage>;
  /**
   * Makes the stage.
   *
   * @param setting Steps of the first stage, batch size, counts.
   * @param first The first stage.
   * @param tokens Loss and experts of the method.
   */
  second(setting: StageSetting, first: Stage, tokens: FirstTokens): Stage;
}

/** What a second stage of a linear classifier needs. */
export const LINEAR = {
  "linear classifier": "trains a linear classifier",
  "one classifier": "is for one classifier",
} as const satisfies Reasons;

/** What a second stage needs whose loss is set by its authors. */
export const FIRST_CE = {
  ce: "has its own losses, the first ce",
} as const satisfies Reasons;

/** Publication of cRT and LWS. */
export const DECOUPLING = "Kang et al. 2020";

/**
 * Returns which source second stages on a frozen backbone follow.
 *
 * @param whose Authors of the code.
 * @returns A sentence.
 */
export const followsCode = (whose: string): string =>
  `${whose} code: the backbone's parameters are fixed, but its batch norms stay in training mode and their running ` +
  "statistics are updated; `--statistics fixed` keeps them fixed";

/**
 * Returns the steps of a stage, in the same proportion to the first stage as in the authors' training.
 *
 * @param setting Steps of the first stage.
 * @param epochs Epochs of the stage in the authors' training.
 * @param of Epochs of the first stage in the authors' training.
 * @returns Number of steps, at least 1.
 */
export function proportionalSteps(
  { iterations }: Pick<StageSetting, "iterations">,
  epochs: number,
  of: number,
): number {
  return Math.max(1, Math.round(iterations * epochs / of));
}

/**
 * Returns a cosine schedule from a peak down to 0, without warm-up.
 *
 * @param peak Learning rate of the first step.
 * @param iterations Number of steps.
 * @returns The rate of each step.
 */
export function cosineSchedule(peak: number, iterations: number): Schedule {
  return warmupCosine({ iterations, start: peak / 2, peak, warmup: 0 });
}

/**
 * Makes a second stage with common defaults: unmixed instance-balanced images, a cosine schedule, weight decay 5e-4.
 *
 * @param setting Augmentation of the first stage.
 * @param own Settings of this stage: name, steps, loss, peak learning rate, and any that override the defaults.
 * @returns The stage.
 */
export function secondStage(
  { augment }: Pick<StageSetting, "augment">,
  { iterations, rate, weightDecay = 5e-4, ...rest }:
    & Pick<Stage, "name" | "iterations" | "loss">
    & Partial<Stage>
    & { rate: number; weightDecay?: number },
): Stage {
  return {
    iterations,
    augment,
    sampler: instanceBalancedSampler,
    schedule: cosineSchedule(rate, iterations),
    optimizer: sgd({ weightDecay }),
    ...rest,
  };
}

/**
 * Returns what a second stage makes impossible, which follows from its definition.
 *
 * @param second The second stage.
 * @returns Reasons by property.
 */
export function withoutLinear({ head }: SecondStageToken): Reasons {
  return head ? { "linear classifier": "has none" } : {};
}
