/**
 * Token `mislas` and the constants of its second stage.
 *
 * @module
 */
import { labelAwareSmoothing } from "../../losses/mod.ts";
import { appendLayers } from "../../nn/append_layers.ts";
import { learnedScale } from "../../nn/learned_scale.ts";
import { sgd } from "../../optim/mod.ts";
import { classAwareSampler } from "../../samplers/mod.ts";
import { constantOf } from "../data_sets/properties.ts";
import type { StageSetting } from "../recipe.ts";
import {
  FIRST_CE,
  LINEAR,
  proportionalSteps,
  secondStage,
  type SecondStageToken,
} from "./second_stage_token.ts";

/** Settings of MiSLAS's second stage. */
export interface MislasConstants {
  /** Label smoothing of the largest class. */
  readonly head: number;
  /** Label smoothing of the smallest class. */
  readonly tail: number;
  /** Ratio of the head's learning rate to that of the scales. */
  readonly factor: number;
  /** Whether norm layers keep updating their running statistics. */
  readonly shifting: boolean;
  /** Weight decay. */
  readonly weightDecay: number;
}

/** Constants by the smallest imbalance that they apply to, in descending order. */
type ByImbalance = readonly (readonly [minImbalance: number, constants: MislasConstants])[];

const of = (
  head: number,
  tail: number,
  factor: number,
  shifting: boolean,
  weightDecay = 2e-4,
): MislasConstants => ({ head, tail, factor, shifting, weightDecay });

// Published for imbalances 100, 50 and 10; others take the nearest on a logarithmic scale.
const CIFAR10: ByImbalance = [
  [71, of(0.3, 0, 0.5, false)],
  [22, of(0.2, 0, 0.2, false)],
  [0, of(0.1, 0, 0.2, false)],
];
const CIFAR100: ByImbalance = [
  [71, of(0.4, 0.1, 0.2, true)],
  [22, of(0.3, 0, 0.1, true)],
  [0, of(0.2, 0, 0.1, true)],
];
const LARGE: ByImbalance = [[0, of(0.3, 0, 0.05, true, 5e-4)]];
const INATURALIST: ByImbalance = [[0, of(0.3, 0, 0.05, true, 1e-4)]];

/**
 * Returns the constants for a training set; data sets of small images without published ones use those of CIFAR-10.
 *
 * Source: Zhong et al. 2021, Improving Calibration for Long-Tailed Recognition, and its authors' configurations.
 *
 * @param setting Data set and counts.
 * @returns Smoothing, factor, shifting, weight decay.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifar100Lt, cifar10Lt } from "../data_sets/cifar.ts";
 *
 * assertEquals(mislasConstants({ dataSet: cifar100Lt, counts: [500, 5] }).head, 0.4);
 * assertEquals(mislasConstants({ dataSet: cifar10Lt, counts: [5000, 100] }).head, 0.2);
 * ```
 */
export function mislasConstants(
  { dataSet, counts }: Pick<StageSetting, "dataSet" | "counts">,
): MislasConstants {
  const imbalance = Math.max(...counts) / Math.min(...counts);
  const other = dataSet.scale === "small" ? CIFAR10 : LARGE;
  const table = constantOf(dataSet, { cifar100: CIFAR100, inaturalist: INATURALIST }, other);
  return table.find(([min]) => imbalance >= min)![1];
}

/** MiSLAS. */
export const mislas: SecondStageToken = {
  kind: "second stage",
  name: "mislas",
  about: "MiSLAS: mixup, then label-aware smoothing on a scaled head",
  source: "Zhong et al. 2021",
  functions: ["mixupBatches", "labelAwareSmoothing", "learnedScale"],
  follows:
    "its authors' weight decay in the second stage: 2e-4 for CIFAR, 5e-4 for large images, 1e-4 for iNaturalist",
  brings: ["ce", "mixup"],
  provides: ["scaled logits"],
  needs: {
    ...LINEAR,
    ...FIRST_CE,
    "linear classifier": "scales the weights of a linear classifier",
  },
  extend: (network) => appendLayers(network, { lws: learnedScale() }),
  adds: "lws",
  second(setting) {
    const { head, tail, factor, shifting, weightDecay } = mislasConstants(setting);
    return secondStage(setting, {
      name: "smoothing",
      iterations: proportionalSteps(setting, 10, 200),
      rate: 0.1,
      loss: labelAwareSmoothing(setting.counts, { head, tail }),
      sampler: classAwareSampler,
      trains: ["head", "lws", "lr"],
      statistics: shifting ? "shifting" : "fixed",
      optimizer: sgd({
        weightDecay,
        rate: (path) => path.startsWith("head/") ? factor : 1,
      }),
    });
  },
  rows: { "Table II": "MiSLAS", "Table III": "MiSLAS" },
};
