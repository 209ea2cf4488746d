/**
 * Tokens `ride2`, `ride3`, `ride4`.
 *
 * @module
 */
import { rideDistillation, rideLoss } from "../../losses/mod.ts";
import { ride } from "../../nn/ride.ts";
import { constantOf, lengthOf } from "../data_sets/properties.ts";
import { type LossToken, scaleOf } from "../losses/loss_token.ts";
import type { StageSetting } from "../recipe.ts";
import type { ExpertsToken } from "./experts_token.ts";
import { rideStage } from "./ride_stage.ts";

/** Options of {@linkcode rideOf}. */
export interface RideOfOptions extends Pick<ExpertsToken, "rows"> {
  /**
   * Weight of the diversity term on CIFAR-100; on all others it is -0.2.
   *
   * @default {-0.45}
   */
  readonly cifar100?: number;
}

/**
 * Makes a token of RIDE.
 *
 * @param experts Number of experts, at least 2.
 * @param options Weight of the diversity term, rows of the paper.
 * @returns The token.
 */
export function rideOf(
  experts: number,
  { cifar100 = -0.45, rows }: RideOfOptions = {},
): ExpertsToken {
  const options = (single: LossToken, { dataSet, counts, smoothing }: StageSetting) => ({
    factor: constantOf(dataSet, { cifar100 }, -0.2),
    reweightFactor: constantOf(dataSet, { imagenet: 0.02, inaturalist: 0.015 }, 0.05),
    base: single.loss(counts, smoothing),
    scale: scaleOf(single),
  });
  return {
    kind: "number of experts",
    name: `ride${experts}`,
    about: `RIDE: ${experts} experts after shared stages, trained to differ`,
    source: "Wang et al. 2021, RIDE",
    functions: ["ride", "rideLoss"],
    follows:
      "with `lr` the paper's code: in each expert a linear head and a scale of 1; with `nbn` the paper's text, NBN " +
      "as in a single network, while its code has it at every BN of an expert's last stage (`nbn-a`)",
    brings: ["ldam-drw"],
    provides: ["experts"],
    needs: { "logits only": "applies the loss to the logits of each expert" },
    refuses: {
      "one classifier": "has a classifier for each expert",
      "single loss": "has a loss over all experts",
    },
    rows,
    length: (dataSet) => lengthOf(dataSet, { epochs: 200, batch: 128 }),
    network: (plain, pieces) => ride(plain, { ...pieces, experts }),
    loss: (single, setting) => rideLoss(setting.counts, options(single, setting)),
    distilled: (single, setting) =>
      rideDistillation(setting.counts, { ...options(single, setting), factor: -0.2 }),
    first: (setting) => rideStage(setting),
  };
}

/** RIDE with two experts. */
export const ride2: ExpertsToken = {
  ...rideOf(2),
  mistaken: {
    words: ["ride", "ride0", "ride1"],
    expected: "at least 2 experts (ride2, ride3, ride4)",
    advice: "a single expert has no diversity, so train ldam-drw",
  },
};

/** RIDE with three experts. */
export const ride3 = rideOf(3, { rows: { "Table I": "RIDE", "Table III": "RIDE" } });

/** RIDE with four experts. */
export const ride4 = rideOf(4, { rows: { "Table II": "RIDE" } });
