/**
 * Class distribution of a sampler's draws.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { expectLabels } from "../core/labels.ts";
import type { Sampler } from "../samplers/stream.ts";

/** Options of {@linkcode sampledClassFractions}. */
export interface SampledClassFractionsOptions {
  /**
   * Number of images to draw.
   *
   * @default {100 for each class, at least 10,000}
   */
  readonly draws?: number;
  /**
   * Position in the stream to start from; matters for samplers that change during training.
   *
   * @default {0}
   */
  readonly position?: number;
  /**
   * Seed of the stream.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/**
 * Draws images from a sampler and computes the fraction of each class.
 *
 * @param sampler The sampler, for instance `classBalancedSampler`.
 * @param labels Class of each image.
 * @param options Draws, position, seed.
 * @returns Fraction of each class among the drawn images; the fractions sum to 1.
 * @throws {RangeError} If `draws` is not a positive integer, or the sampler rejects the labels.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { sampledClassFractions } from "@nbn/toolkit/analysis";
 * import { classBalancedSampler } from "@nbn/toolkit/samplers";
 *
 * const [head, tail] = sampledClassFractions(classBalancedSampler, [0, 0, 0, 1]);
 * assertAlmostEquals(head, 0.5, 0.02);
 * assertAlmostEquals(head + tail, 1);
 * ```
 */
export function sampledClassFractions(
  sampler: Sampler,
  labels: ArrayLike<number>,
  options: SampledClassFractionsOptions = {},
): number[] {
  expectLabels(labels, 2 ** 31);
  let classes = 0;
  for (let i = 0; i < labels.length; i++) classes = Math.max(classes, labels[i] + 1);
  const { draws = Math.max(10_000, 100 * classes), position = 0, seed = 0 } = options;
  expectRange("an integer of at least 1", { draws });
  const counts = new Array<number>(classes).fill(0);
  const drawn = sampler(labels, { seed, position }).fill(new Int32Array(draws));
  for (const image of drawn) counts[labels[image]]++;
  return counts.map((count) => count / draws);
}
