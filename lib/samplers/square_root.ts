/**
 * Square-root sampling: between instance-balanced and class-balanced.
 *
 * @module
 */
import { classWeighted } from "./class_weighted.ts";
import type { SamplerDescription } from "./description.ts";
import type { IndexStream, SamplerOptions } from "./stream.ts";

/**
 * Draws a class with probability ∝ √n, then one of its images uniformly.
 *
 * Source: Kang et al. 2020, Decoupling Representation and Classifier, section 3 (q = 1/2).
 *
 * @param labels Class of each image, from 0; a class without images is never drawn.
 * @param options Seed, starting position, shard.
 * @returns An endless stream of indices into `labels`.
 * @throws {RangeError} If there is no label, one is not a class, or position or shard are out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { squareRootSampler } from "@nbn/toolkit/samplers";
 *
 * assertEquals(squareRootSampler([0, 0, 1], { seed: 0 }).fill(new Int32Array(2)).length, 2);
 * ```
 */
export function squareRootSampler(labels: ArrayLike<number>, options: SamplerOptions): IndexStream {
  return classWeighted(labels, options, Math.sqrt);
}

/** @ignore Its description. */
squareRootSampler.description = {
  token: "square-root",
  about: "classes by the square root of their images",
  source: "Kang et al. 2020",
  sampler: () => squareRootSampler,
} satisfies SamplerDescription as SamplerDescription;
