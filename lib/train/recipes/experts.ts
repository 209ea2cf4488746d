/**
 * Tokens for networks of several experts.
 *
 * @module
 */
import { type AnyLoss, rideLoss } from "../../losses/mod.ts";
import type { Network } from "../../nn/network.ts";
import { ride } from "../../nn/ride.ts";
import { sgd } from "../optimizer.ts";
import { stepwise, warmedUp } from "../schedule.ts";
import type { Stage } from "../stages/stage.ts";
import { isLarge, type Length, lengthOf } from "./lengths.ts";
import { type LossToken, scaleOf } from "./losses.ts";
import type { NetworkPieces } from "./method.ts";
import type { StageSetting } from "./recipe.ts";
import type { Token, Tokens } from "./token.ts";

/** Several experts in the place of one classifier. */
export interface ExpertsToken extends Token {
  /** Tokens that it brings along where no others of their kinds are named. */
  readonly brings: readonly string[];
  /**
   * Steps and batch.
   *
   * @default {those of the data set}
   */
  length(dataSet: string): Length | undefined;
  /**
   * Makes the network.
   *
   * @param plain Makes one of its pieces.
   * @param pieces The pieces.
   */
  network(plain: (pieces: NetworkPieces) => Network, pieces: NetworkPieces): Network;
  /** Makes the loss of all experts of that of one. */
  loss(single: LossToken, setting: StageSetting): AnyLoss;
  /** Other settings of the first stage. */
  first(setting: StageSetting): Partial<Stage>;
}

/** Weight of the diversity and f of the temperatures, by data set. */
function constantsOf(dataSet: string) {
  if (/^cifar100\b/.test(dataSet)) return { factor: -0.45, reweightFactor: 0.05 };
  if (dataSet.startsWith("imagenet")) return { factor: -0.2, reweightFactor: 0.02 };
  if (dataSet.startsWith("inaturalist")) return { factor: -0.2, reweightFactor: 0.015 };
  return { factor: -0.2, reweightFactor: 0.05 };
}

/** RIDE's training: 200 epochs, or 100 for large images. */
function rideStage({ dataSet, iterations, batch }: StageSetting): Partial<Stage> {
  const large = isLarge(dataSet);
  const at = (large ? [0.6, 0.8] : [0.8, 0.9]).map((share) => Math.floor(share * iterations));
  const schedule = stepwise({
    rate: large ? 0.1 * batch / 256 : 0.1,
    // A training of few steps has no room for both.
    at: [...new Set(at)],
    factor: large ? 0.1 : 0.01,
  });
  return {
    schedule: warmedUp(schedule, Math.round(iterations * (large ? 0.05 : 0.025))),
    optimizer: sgd({ weightDecay: large ? 2e-4 : 5e-4, nesterov: true }),
  };
}

function rideOf(experts: number): ExpertsToken {
  return {
    about: `RIDE: ${experts} experts behind shared stages, made to differ`,
    source: "Wang et al. 2021, RIDE",
    functions: ["ride", "rideLoss"],
    brings: ["ldam-drw"],
    length: (dataSet) => lengthOf(dataSet, { epochs: 200, batch: 128 }),
    network: (plain, pieces) => ride(plain, { ...pieces, experts }),
    loss: (single, { dataSet, counts }) =>
      rideLoss(counts, {
        ...constantsOf(dataSet),
        base: single.loss(counts),
        scale: scaleOf(single),
      }),
    first: rideStage,
  };
}

/** Every number of experts by its token. */
export const EXPERTS: Tokens<ExpertsToken> = {
  ride2: rideOf(2),
  ride3: rideOf(3),
  ride4: rideOf(4),
};
