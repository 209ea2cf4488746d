/**
 * Progressively balanced sampling.
 *
 * @module
 */
import { rng, uniformAt } from "../core/rng.ts";
import { drawByClass } from "./class_weighted.ts";
import type { SamplerDescription } from "./description.ts";
import { type IndexStream, type SamplerOptions, streamOf } from "./stream.ts";

/** Options of samplers that change in the course of a training. */
export interface ScheduledSamplerOptions extends SamplerOptions {
  /** Number of draws in the whole training, over all shards, after which the change is complete. */
  total: number;
}

/**
 * Interpolates from instance-balanced to class-balanced sampling: after t of T draws, class c has the probability
 * (1 − t/T) · n_c/N + (t/T) · 1/C.
 *
 * Source: Kang et al. 2020, Decoupling Representation and Classifier, equation 2.
 *
 * @param labels Class of each image, from 0; a class without images is never drawn.
 * @param options Number of draws of the training, seed, starting position, shard.
 * @returns An endless stream of indices into `labels`; class-balanced after `total` draws.
 * @throws {RangeError} If `total` is not above 0, there is no label, one is not a class, or position or shard
 * are out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { progressivelyBalancedSampler } from "@nbn/toolkit/samplers";
 *
 * const stream = progressivelyBalancedSampler([0, 0, 1], { seed: 0, total: 1000 });
 * assertEquals(stream.fill(new Int32Array(2)).length, 2);
 * ```
 */
export function progressivelyBalancedSampler(
  labels: ArrayLike<number>,
  { total, ...options }: ScheduledSamplerOptions,
): IndexStream {
  expectTotal(total);
  const balanced = drawByClass(labels, options.seed, () => 1);
  return streamOf(
    options,
    mixed(labels.length, balanced, options.seed, (position) => position / total),
  );
}

/** @ignore Its description. */
progressivelyBalancedSampler.description = {
  token: "progressively-balanced",
  about: "from instance-balanced to class-balanced",
  source: "Kang et al. 2020",
  sampler: (draws) => (labels, options) =>
    progressivelyBalancedSampler(labels, { ...options, total: draws }),
} satisfies SamplerDescription as SamplerDescription;

/**
 * Mixes uniform draws of images with the draws of another function.
 *
 * @param images Number of images.
 * @param other The other draw at a position.
 * @param seed Seed of the mixture.
 * @param probability Probability of the other draw at a position.
 * @returns Function from a position, from 0, to the index.
 */
export function mixed(
  images: number,
  other: (position: number) => number,
  seed: number,
  probability: (position: number) => number,
): (position: number) => number {
  const choiceAt = uniformAt(rng(seed).fork("mix").seed);
  const anyAt = uniformAt(rng(seed).fork("any image").seed);
  return (position) =>
    choiceAt(position) < probability(position)
      ? other(position)
      : Math.floor(anyAt(position) * images);
}

/**
 * Checks the number of draws of a training.
 *
 * @param total The number.
 * @throws {RangeError} If it is not above 0.
 */
export function expectTotal(total: number): void {
  if (!(total > 0 && total < Infinity)) {
    throw new RangeError(
      `Expected total, the draws of the training, to be above 0 but found ${total}`,
    );
  }
}
