/**
 * Constants of MiSLAS's second stage.
 *
 * @module
 */
import type { StageSetting } from "./recipe.ts";

/** What MiSLAS's second stage is set to. */
export interface MislasConstants {
  /** Smoothing of the largest class. */
  readonly head: number;
  /** Smoothing of the smallest class. */
  readonly tail: number;
  /** Learning rate of the head over that of the scales. */
  readonly factor: number;
  /** Whether running statistics of norm layers shift. */
  readonly shifting: boolean;
  /** Weight decay. */
  readonly weightDecay: number;
}

/** Constants by the least imbalance that they are for, largest first. */
type ByImbalance = readonly (readonly [least: number, constants: MislasConstants])[];

const of = (
  head: number,
  tail: number,
  factor: number,
  shifting: boolean,
  weightDecay = 2e-4,
): MislasConstants => ({ head, tail, factor, shifting, weightDecay });

// Published for 100, 50 and 10; what lies between takes the nearest on a logarithmic scale.
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
 * The constants for a training set; those of CIFAR-10 for sets of small images without some of their own.
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
