/**
 * Instance-balanced sampling: every image is drawn equally often.
 *
 * @module
 */
import type { SamplerDescription } from "./description.ts";
import { shuffledCycles } from "./shuffled_cycles.ts";
import { type IndexStream, type SamplerOptions, streamOf } from "./stream.ts";

/**
 * Cycles through all images in a new random order in each epoch: classes are drawn in proportion to their images.
 *
 * Source: "instance-balanced sampling", Kang et al. 2020, Decoupling Representation and Classifier, section 3
 * (q = 1).
 *
 * @param labels Class of each image; only their number is used.
 * @param options Seed, starting position, shard.
 * @returns An endless stream of indices into `labels`.
 * @throws {RangeError} If `labels` is empty, or position or shard are out of their ranges.
 *
 * @example An epoch holds every image once
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { instanceBalancedSampler } from "@nbn/toolkit/samplers";
 *
 * const epoch = instanceBalancedSampler([0, 0, 1], { seed: 0 }).fill(new Int32Array(3));
 * assertEquals(epoch.sort(), Int32Array.of(0, 1, 2));
 * ```
 */
export function instanceBalancedSampler(
  labels: ArrayLike<number>,
  options: SamplerOptions,
): IndexStream {
  if (labels.length === 0) throw new RangeError("Expected at least one label but found none");
  return streamOf(options, shuffledCycles(labels.length, options.seed));
}

/** @ignore Its description. */
instanceBalancedSampler.description = {
  token: "instance-balanced",
  about: "every image equally often",
  source: "Kang et al. 2020",
  sampler: () => instanceBalancedSampler,
} satisfies SamplerDescription as SamplerDescription;
