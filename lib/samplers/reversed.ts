/**
 * Reversed sampling: the rarer a class, the more often it is drawn.
 *
 * @module
 */
import { classWeighted } from "./class_weighted.ts";
import type { SamplerDescription } from "./description.ts";
import type { IndexStream, SamplerOptions } from "./stream.ts";

/**
 * Draws a class with probability ∝ 1/n, then one of its images uniformly.
 *
 * Source: "reversed sampler", Zhou et al. 2020, BBN, section 4.2.
 *
 * @param labels Class of each image, from 0; a class without images is never drawn.
 * @param options Seed, starting position, shard.
 * @returns An endless stream of indices into `labels`.
 * @throws {RangeError} If there is no label, one is not a class, or position or shard are out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reversedSampler } from "@nbn/toolkit/samplers";
 *
 * assertEquals(reversedSampler([0, 0, 1], { seed: 0 }).fill(new Int32Array(2)).length, 2);
 * ```
 */
export function reversedSampler(labels: ArrayLike<number>, options: SamplerOptions): IndexStream {
  return classWeighted(labels, options, (count) => 1 / count);
}

/** @ignore Its description. */
reversedSampler.description = {
  token: "reversed",
  about: "rare classes more often than frequent ones",
  source: "Zhou et al. 2020",
  sampler: () => reversedSampler,
} satisfies SamplerDescription as SamplerDescription;
