/**
 * Constants of MiSLAS's second stage.
 *
 * @module
 */
import type { StageSetting } from "./recipe.ts";

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
type ByImbalance = readonly (readonly [least: number, constants: MislasConstants])[];

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
 *
 * assertEquals(mislas({ dataSet: "cifar100-lt", counts: [500, 5] }).head, 0.4);
 * assertEquals(mislas({ dataSet: "cifar10-lt", counts: [5000, 100] }).head, 0.2);
 * ```
 */
export function mislas(
  { dataSet, counts }: Pick<StageSetting, "dataSet" | "counts">,
): MislasConstants {
  const imbalance = Math.max(...counts) / Math.min(...counts);
  const table = /^cifar100\b/.test(dataSet)
    ? CIFAR100
    : /^(cifar10\b|builtin$|images$)/.test(dataSet)
    ? CIFAR10
    : dataSet.startsWith("inaturalist")
    ? INATURALIST
    : LARGE;
  return table.find(([least]) => imbalance >= least)![1];
}
