/**
 * Class-balanced sampling: every class is drawn equally often.
 *
 * @module
 */
import { classWeighted } from "./class_weighted.ts";
import type { SamplerDescription } from "./description.ts";
import type { IndexStream, SamplerOptions } from "./stream.ts";

/**
 * Draws a class uniformly, then one of its images uniformly.
 *
 * Source: "class-balanced sampling", Kang et al. 2020, Decoupling Representation and Classifier, section 3
 * (q = 0).
 *
 * @param labels Class of each image, from 0; a class without images is never drawn.
 * @param options Seed, starting position, shard.
 * @returns An endless stream of indices into `labels`.
 * @throws {RangeError} If there is no label, one is not a class, or position or shard are out of range.
 *
 * @example Two classes, of 99 images and of one
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { classBalancedSampler } from "@nbn/toolkit/samplers";
 *
 * const labels = Array.from({ length: 100 }, (_, i) => i === 0 ? 1 : 0);
 * const drawn = classBalancedSampler(labels, { seed: 0 }).fill(new Int32Array(10_000));
 * assertAlmostEquals(drawn.filter((image) => image === 0).length / 10_000, 0.5, 0.02);
 * ```
 */
export function classBalancedSampler(
  labels: ArrayLike<number>,
  options: SamplerOptions,
): IndexStream {
  return classWeighted(labels, options, () => 1);
}

/** @ignore Its description. */
classBalancedSampler.description = {
  token: "class-balanced",
  about: "every class equally often",
  source: "Kang et al. 2020",
  sampler: () => classBalancedSampler,
} satisfies SamplerDescription as SamplerDescription;
