/**
 * What a second stage is, and what second stages have in common.
 *
 * @module
 */
import type { Module } from "../../nn/module.ts";
import type { Network } from "../../nn/network.ts";
import { instanceBalanced } from "../../samplers/mod.ts";
import { sgd } from "../optimizer.ts";
import { type Schedule, warmupCosine } from "../schedule.ts";
import type { Stage } from "../stages/stage.ts";
import type { ExpertsToken } from "./experts.ts";
import type { LossToken } from "./losses.ts";
import type { StageSetting } from "./recipe.ts";
import type { Token } from "./token.ts";

/** What a method has beside its second stage. */
export interface FirstTokens {
  /** Its loss. */
  readonly loss: LossToken;
  /** Its experts, where it has several. */
  readonly experts?: ExpertsToken;
}

/** A second stage. */
export interface SecondStageToken extends Token {
  /** Why only a linear classifier will do, if so. */
  readonly linear?: string;
  /** Tokens that it brings along where no others of their kinds are named. */
  readonly brings?: readonly string[];
  /** Losses that the first stage may have; all if left out. */
  readonly losses?: readonly string[];
  /** Why only a network of several experts will do, if so. */
  readonly experts?: string;
  /** The classifier that it needs in the place of a linear one, from the first stage on. */
  readonly head?: (classes: number) => Module;
  /** What it adds to the network of a loss; it changes nothing, and is not trained, before the second stage. */
  readonly extend?: (network: Network, loss: LossToken, counts: readonly number[]) => Network;
  /** Path of what it adds, where it has parameters. */
  readonly adds?: string;
  /** Experts that the first stage trains in place of the recipe's: another network, the teacher of the second. */
  readonly teacher?: ExpertsToken;
  /** Other settings of the first stage. */
  readonly first?: (setting: StageSetting) => Partial<Stage>;
  /**
   * Makes the stage.
   *
   * @param setting Steps of the first stage, batch, counts.
   * @param first The first stage.
   * @param tokens What the first stage is made of.
   */
  second(setting: StageSetting, first: Stage, tokens: FirstTokens): Stage;
}

/**
 * Steps of a stage that is so much shorter than the first.
 *
 * @param setting Steps of the first stage.
 * @param epochs Its epochs in the authors' training.
 * @param of Those of the first stage there.
 * @returns At least 1.
 */
export function share({ iterations }: StageSetting, epochs: number, of: number): number {
  return Math.max(1, Math.round(iterations * epochs / of));
}

/**
 * From a rate down to 0 along a cosine.
 *
 * @param peak The rate.
 * @param iterations Steps.
 * @returns The rate of each step.
 */
export function cosine(peak: number, iterations: number): Schedule {
  return warmupCosine({ iterations, start: peak / 2, peak, warmup: 0 });
}

/**
 * What second stages have in common: plain images, a cosine, the usual decay.
 *
 * @param setting Augmentation of the first stage.
 * @param own What the stage has of its own: name, steps, loss, the highest rate.
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
    sampler: instanceBalanced,
    schedule: cosine(rate, iterations),
    optimizer: sgd({ weightDecay }),
    ...rest,
  };
}
