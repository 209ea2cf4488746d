/**
 * Tokens for networks of several experts.
 *
 * @module
 */
import { type AnyLoss, rideDistillation, rideLoss } from "../losses/mod.ts";
import type { Network } from "../nn/network.ts";
import { ride } from "../nn/ride.ts";
import { sgd } from "../optim/optimizer.ts";
import { stepDecay, withWarmup } from "../optim/schedule.ts";
import type { Stage } from "../loop/stages/stage.ts";
import { isLarge, type Length, lengthOf } from "./lengths.ts";
import { type LossToken, scaleOf } from "./losses.ts";
import type { NetworkPieces } from "./network_pieces.ts";
import type { StageSetting } from "./recipe.ts";
import type { Token, Tokens } from "./token.ts";

/** Several experts instead of one classifier. */
export interface ExpertsToken extends Token {
  /** Default tokens, each added unless the recipe names another of its kind. */
  readonly brings: readonly string[];
  /**
   * Returns the number of steps and the batch size.
   *
   * @default {those of the data set}
   */
  length(dataSet: string): Length | undefined;
  /**
   * Makes the network.
   *
   * @param plain Builds a network from pieces.
   * @param pieces The pieces.
   */
  network(plain: (pieces: NetworkPieces) => Network, pieces: NetworkPieces): Network;
  /** Makes the loss over all experts from the loss of a single classifier. */
  loss(single: LossToken, setting: StageSetting): AnyLoss;
  /** Makes the same loss with distillation from a teacher to the mean of all experts. */
  distilled(single: LossToken, setting: StageSetting): AnyLoss;
  /** Returns overrides for the first stage. */
  first(setting: StageSetting): Partial<Stage>;
}

/** Weight of the diversity term; CIFAR-100 has a separate one. */
const factorOf = (dataSet: string, cifar100: number) =>
  /^cifar100\b/.test(dataSet) ? cifar100 : -0.2;

/** f in the re-weighted temperatures of `rideLoss`, by data set. */
function reweightFactorOf(dataSet: string): number {
  if (dataSet.startsWith("imagenet")) return 0.02;
  if (dataSet.startsWith("inaturalist")) return 0.015;
  return 0.05;
}

/** Options of {@linkcode rideStage}. */
export interface RideStageOptions {
  /**
   * Fractions of the training at which the learning rate drops.
   *
   * @default {epochs 160 and 180 of 200; of large images 60 and 80 of 100}
   */
  readonly falls?: readonly number[];
  /**
   * Weight decay.
   *
   * @default {5e-4; of large images 2e-4}
   */
  readonly weightDecay?: number;
  /**
   * Fraction of the training spent on the warm-up.
   *
   * @default {5 epochs}
   */
  readonly warmup?: number;
}

/**
 * Returns schedule and optimizer of RIDE's training: 200 epochs, or 100 for large images.
 *
 * @param setting Data set, steps, batch size.
 * @param options Warm-up, drops of the learning rate, weight decay.
 * @returns Schedule and optimizer of a stage.
 */
export function rideStage(
  { dataSet, iterations, batch }: StageSetting,
  options: RideStageOptions = {},
): Pick<Stage, "schedule" | "optimizer"> {
  const large = isLarge(dataSet);
  const {
    falls = large ? [0.6, 0.8] : [0.8, 0.9],
    weightDecay = large ? 2e-4 : 5e-4,
    warmup = large ? 0.05 : 0.025,
  } = options;
  const at = falls.map((share) => Math.floor(share * iterations));
  const schedule = stepDecay({
    rate: large ? 0.1 * batch / 256 : 0.1,
    // In a training of few steps both drops can coincide.
    at: [...new Set(at)],
    factor: large ? 0.1 : 0.01,
  });
  return {
    schedule: withWarmup(schedule, Math.round(iterations * warmup)),
    optimizer: sgd({ weightDecay, nesterov: true }),
  };
}

/**
 * Makes a token of RIDE.
 *
 * @param experts Number of experts, at least 2.
 * @param cifar100 Weight of the diversity term on CIFAR-100.
 * @returns The token.
 */
export function rideOf(experts: number, cifar100 = -0.45): ExpertsToken {
  const options = (single: LossToken, { dataSet, counts, smoothing }: StageSetting) => ({
    factor: factorOf(dataSet, cifar100),
    reweightFactor: reweightFactorOf(dataSet),
    base: single.loss(counts, smoothing),
    scale: scaleOf(single),
  });
  return {
    about: `RIDE: ${experts} experts behind shared stages, made to differ`,
    source: "Wang et al. 2021, RIDE",
    functions: ["ride", "rideLoss"],
    follows:
      "with `lr` the paper's code: in each expert a linear head and a scale of 1; with `nbn` the paper's text, NBN " +
      "where it stands in one network, where its code has it at every BN of an expert's last stage (`nbn-a`)",
    brings: ["ldam-drw"],
    length: (dataSet) => lengthOf(dataSet, { epochs: 200, batch: 128 }),
    network: (plain, pieces) => ride(plain, { ...pieces, experts }),
    loss: (single, setting) => rideLoss(setting.counts, options(single, setting)),
    distilled: (single, setting) =>
      rideDistillation(setting.counts, { ...options(single, setting), factor: -0.2 }),
    first: (setting) => rideStage(setting),
  };
}

/** Every number of experts by its token. */
export const EXPERTS: Tokens<ExpertsToken> = {
  ride2: rideOf(2),
  ride3: rideOf(3),
  ride4: rideOf(4),
};
