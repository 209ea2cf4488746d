/**
 * BBN's mixture of two samplers.
 *
 * @module
 */
import { drawByClass } from "./class_weighted.ts";
import { expectTotal, mixed, type ScheduledSamplerOptions } from "./progressively_balanced.ts";
import { type IndexStream, streamOf } from "./stream.ts";

/**
 * Returns BBN's weight of the conventional (instance-balanced) branch: α = 1 − ((e − 1)/E)².
 *
 * Source: Zhou et al. 2020, BBN, equation 5, "parabolic decay".
 *
 * @param progress Fraction of the training completed, (e − 1)/E, clamped to [0, 1].
 * @returns The weight α, from 1 at the start to 0 at the end.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bbnAlpha } from "@nbn/toolkit/samplers";
 *
 * assertEquals(bbnAlpha(0.5), 0.75);
 * ```
 */
export function bbnAlpha(progress: number): number {
  return 1 - Math.min(1, Math.max(0, progress)) ** 2;
}

/**
 * Draws with probability {@linkcode bbnAlpha} from the instance-balanced sampler, otherwise from the reversed one:
 * BBN's cumulative learning as a sampler for a single branch. BBN itself, with two branches, uses `instanceBalancedSampler`
 * and `reversed` in parallel and mixes their features with the same weight.
 *
 * @param labels Class of each image, from 0; a class without images is never drawn.
 * @param options Draws of the training, seed, starting position, shard.
 * @returns An endless stream of indices into `labels`; reversed after `total` draws.
 * @throws {RangeError} If `total` is not above 0, there is no label, one is not a class, or position or shard
 * are out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bbnSampler } from "@nbn/toolkit/samplers";
 *
 * const stream = bbnSampler([0, 0, 1], { seed: 0, total: 1000 });
 * assertEquals(stream.fill(new Int32Array(2)).length, 2);
 * ```
 */
export function bbnSampler(
  labels: ArrayLike<number>,
  { total, ...options }: ScheduledSamplerOptions,
): IndexStream {
  expectTotal(total);
  const rare = drawByClass(labels, options.seed, (count) => 1 / count);
  const reversedProbability = (position: number) => 1 - bbnAlpha(position / total);
  return streamOf(options, mixed(labels.length, rare, options.seed, reversedProbability));
}
