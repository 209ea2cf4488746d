/**
 * BBN's mix of two samplers.
 *
 * @module
 */
import { drawByClass } from "./class_weighted.ts";
import { expectTotal, mixed, type ScheduledSamplerOptions } from "./progressively_balanced.ts";
import { type IndexStream, streamOf } from "./stream.ts";

/**
 * BBN's share of the conventional (instance-balanced) branch: α = 1 − ((e − 1)/E)².
 *
 * Source: Zhou et al. 2020, BBN, equation 5, "parabolic decay".
 *
 * @param progress Share of the training done, (e − 1)/E, from 0 to 1.
 * @returns A number from 1, at the start, to 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(bbnShare(0.5), 0.75);
 * ```
 */
export function bbnShare(progress: number): number {
  return 1 - Math.min(1, Math.max(0, progress)) ** 2;
}

/**
 * Draws with probability {@linkcode bbnShare} any image, else one of the reversed sampler: BBN's cumulative
 * learning as a sampler for a single branch. BBN itself, with two branches, takes `instanceBalanced` and
 * `reversed` side by side and mixes their features by the same share.
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
 *
 * const stream = bbnMix([0, 0, 1], { seed: 0, total: 1000 });
 * assertEquals(stream.fill(new Int32Array(2)).length, 2);
 * ```
 */
export function bbnMix(
  labels: ArrayLike<number>,
  { total, ...options }: ScheduledSamplerOptions,
): IndexStream {
  expectTotal(total);
  const rare = drawByClass(labels, options.seed, (count) => 1 / count);
  const share = (place: number) => 1 - bbnShare(place / total);
  return streamOf(options, mixed(labels.length, rare, options.seed, share));
}
