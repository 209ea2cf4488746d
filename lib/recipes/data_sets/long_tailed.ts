/**
 * Long-tailed subsets of the training images in a folder.
 *
 * @module
 */
import type { Split } from "../../data/dataset.ts";
import { longTail } from "../../data/long_tail.ts";
import type { Loaded } from "../recipe.ts";

/**
 * Makes the training set of a folder long-tailed.
 *
 * @param folder The folder, for the provenance.
 * @param split Training and test set.
 * @param imbalance Ratio of the largest class to the smallest; all images are kept if it is `undefined`.
 * @param seed Seed of the selection.
 * @returns The data and its provenance.
 */
export function longTailed(
  folder: string,
  split: Split,
  imbalance: number | undefined,
  seed: number,
): Loaded {
  if (imbalance === undefined) return { split, provenance: { folder } };
  const { dataset, sha256 } = longTail(split.train, { imbalance, seed });
  return {
    split: { ...split, train: dataset },
    provenance: { folder, imbalance, profile: "exponential", sha256 },
  };
}
