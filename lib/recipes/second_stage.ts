/**
 * Type and common settings of second stages.
 *
 * @module
 */
import type { Module } from "../nn/module.ts";
import type { Network } from "../nn/network.ts";
import { instanceBalancedSampler } from "../samplers/mod.ts";
import { sgd } from "../optim/optimizer.ts";
import { type Schedule, warmupCosine } from "../optim/schedule.ts";
import type { Stage } from "../loop/stages/stage.ts";
import type { ExpertsToken } from "./experts.ts";
import type { LossToken } from "./losses.ts";
import type { StageSetting } from "./recipe.ts";
import type { Token } from "./token.ts";

/** Tokens of a method besides its second stage. */
export interface FirstTokens {
  /** Its loss. */
  readonly loss: LossToken;
  /** Its experts, if it has several. */
  readonly experts?: ExpertsToken;
}

/** A second stage. */
export interface SecondStageToken extends Token {
  /** Why it requires a linear classifier, if so. */
  readonly linear?: string;
  /** Default tokens, each added unless the recipe names another of its kind. */
  readonly brings?: readonly string[];
  /**
   * Losses allowed in the first stage.
   *
   * @default {all}
   */
  readonly losses?: readonly string[];
  /** Why it requires a network of several experts, if so. */
  readonly experts?: string;
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

/**
 * Returns the steps of a stage, in the same proportion to the first stage as in the authors' training.
 *
 * @param setting Steps of the first stage.
 * @param epochs Epochs of the stage in the authors' training.
 * @param of Epochs of the first stage in the authors' training.
 * @returns Number of steps, at least 1.
 */
export function share({ iterations }: StageSetting, epochs: number, of: number): number {
  return Math.max(1, Math.round(iterations * epochs / of));
}

/**
 * Returns a cosine schedule from a peak down to 0, without warm-up.
 *
 * @param peak Learning rate of the first step.
 * @param iterations Number of steps.
 * @returns The rate of each step.
 */
export function cosine(peak: number, iterations: number): Schedule {
  return warmupCosine({ iterations, start: peak / 2, peak, warmup: 0 });
}

/**
 * Makes a second stage with common defaults: unmixed instance-balanced images, a cosine schedule, weight decay 5e-4.
 *
 * @param setting Augmentation of the first stage.
 * @param own Settings of this stage: name, steps, loss, peak learning rate, and any that override the defaults.
 * @returns The stage.
 */
export function stage(
  { augment }: StageSetting,
  { iterations, rate, weightDecay = 5e-4, ...rest }:
    & Pick<Stage, "name" | "iterations" | "loss">
    & Partial<Stage>
    & { rate: number; weightDecay?: number },
): Stage {
  return {
    iterations,
    augment,
    sampler: instanceBalancedSampler,
    schedule: cosine(rate, iterations),
    optimizer: sgd({ weightDecay }),
    ...rest,
  };
}
