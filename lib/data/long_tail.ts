/**
 * Long-tailed subsets: the number of images of each class and their selection.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { rng, shuffle } from "../core/rng.ts";
import { classCounts, type ImageDataset } from "./dataset.ts";
import { sha256 } from "./digest.ts";
import { subset } from "./subset.ts";

/** Shape of a long tail. */
export type LongTailProfile = "exponential" | "step" | "pareto";

/** Options of {@linkcode longTailCounts}. */
export interface LongTailCountsOptions {
  /** Number of classes, at least 1. */
  classes: number;
  /** Images of the largest class, at least 1. */
  max: number;
  /** Imbalance factor: images of the largest class over those of the smallest, at least 1. */
  imbalance: number;
  /**
   * - `"exponential"`: n_c = max · imbalance^(−c / (C − 1)) (Cui et al. 2019; CIFAR-LT).
   * - `"step"`: the first half of the classes keeps `max`, the others max / imbalance (Buda et al. 2018).
   * - `"pareto"`: n_c = max · (1 + c · (imbalance^(1/α) − 1) / (C − 1))^−α with α = 6, the power that
   *   ImageNet-LT was drawn with (Liu et al. 2019), scaled so that the ends fit.
   *
   * @default {"exponential"}
   */
  profile?: LongTailProfile;
}

const PARETO_POWER = 6;

/**
 * Computes the number of images of each class, largest first, rounded down as in published code.
 *
 * @param options Classes, largest class, imbalance, profile.
 * @returns One count per class.
 * @throws {RangeError} If an option is out of range, or the smallest class would be empty.
 *
 * @example CIFAR-10-LT at imbalance 100
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { longTailCounts } from "@nbn/toolkit/data";
 *
 * assertEquals(
 *   longTailCounts({ classes: 10, max: 5000, imbalance: 100 }),
 *   [5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50],
 * );
 * ```
 */
export function longTailCounts(options: LongTailCountsOptions): number[] {
  const { classes, max, imbalance, profile = "exponential" } = options;
  expectRange("an integer of at least 1", { classes, max });
  if (!(imbalance >= 1 && imbalance < Infinity)) {
    throw new RangeError(`Expected imbalance to be at least 1 but found ${imbalance}`);
  }
  const counts = Array.from({ length: classes }, (_, c) => {
    const position = classes === 1 ? 0 : c / (classes - 1);
    return Math.trunc(max * share(profile, position, c >= classes / 2, imbalance));
  });
  if (counts[classes - 1] < 1) {
    throw new RangeError(
      `Expected every class to keep an image but ${max} images at imbalance ${imbalance} leave ` +
        `${counts[classes - 1]} for the smallest: lower the imbalance`,
    );
  }
  return counts;
}

function share(
  profile: LongTailProfile,
  position: number,
  secondHalf: boolean,
  imbalance: number,
): number {
  switch (profile) {
    case "exponential":
      return (1 / imbalance) ** position;
    case "step":
      return secondHalf ? 1 / imbalance : 1;
    case "pareto": {
      const last = imbalance ** (1 / PARETO_POWER);
      return (1 + position * (last - 1)) ** -PARETO_POWER;
    }
    default:
      throw new RangeError(
        `Expected a profile to be exponential, step or pareto but found ${profile}`,
      );
  }
}

/** Options of {@linkcode longTail}. */
export interface LongTailOptions {
  /** Imbalance factor: images of the largest class over those of the smallest, at least 1. */
  imbalance: number;
  /**
   * Shape of the tail.
   *
   * @default {"exponential"}
   */
  profile?: LongTailProfile;
  /** Seed for selecting images. */
  seed: number;
}

/** A long-tailed subset of a data set. */
export interface LongTailed {
  /** The selected images, grouped by class. */
  dataset: ImageDataset;
  /** Their indices in the original data set, in the same order. */
  indices: Int32Array;
  /** Images of each class. */
  counts: number[];
  /** SHA-256 of the indices as little-endian 32-bit integers, to verify that a subset is reproduced. */
  sha256: string;
}

/**
 * Subsamples a data set to a long-tailed one: class c keeps the c-th count of {@linkcode longTailCounts}, selected at
 * random.
 *
 * `max` is the size of the largest class in the original; a class never keeps more images than it has.
 *
 * @param dataset A data set, usually balanced.
 * @param options Imbalance, profile, seed.
 * @returns The subset, its indices and their hash.
 * @throws {RangeError} If the imbalance is below 1 or a class would be empty.
 */
export function longTail(dataset: ImageDataset, options: LongTailOptions): LongTailed {
  const { imbalance, profile, seed } = options;
  const available = classCounts(dataset);
  const target = longTailCounts({
    classes: available.length,
    max: Math.max(...available),
    imbalance,
    profile,
  });
  const members: number[][] = available.map(() => []);
  dataset.labels.forEach((label, index) => members[label].push(index));
  const random = rng(seed).fork("long tail");
  const chosen = members.map((images, label) =>
    shuffle(images, random.fork(label)).slice(0, target[label]).sort((a, b) => a - b)
  );
  const empty = chosen.findIndex((images) => images.length === 0);
  if (empty >= 0) {
    throw new RangeError(
      `Expected images of every class but ${dataset.classNames[empty]} has none in ${dataset.name}`,
    );
  }
  const indices = Int32Array.from(chosen.flat());
  return {
    dataset: subset(dataset, indices, `${dataset.name}-lt (imbalance ${imbalance})`),
    indices,
    counts: chosen.map((images) => images.length),
    sha256: sha256(new Uint8Array(indices.buffer)),
  };
}
