/**
 * Repeat-factor sampling.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { rng, shuffle } from "../core/rng.ts";
import type { SamplerDescription } from "./description.ts";
import { type IndexStream, type SamplerOptions, streamOf } from "./stream.ts";

/** Options of {@linkcode repeatFactorSampler}. */
export interface RepeatFactorOptions extends SamplerOptions {
  /**
   * Fraction of images below which a class is repeated, above 0.
   *
   * @default {0.001}
   */
  threshold?: number;
}

/**
 * Returns how often an epoch repeats each image: r = max(1, √(t/f)), with f the fraction of images that show the
 * class; an image with several classes has the factor of its rarest.
 *
 * Source: Gupta et al. 2019, LVIS, section 3.4 of the appendix.
 *
 * @param labels Class of each image, or its classes.
 * @param threshold t, above 0.
 * @returns One factor for each image, at least 1.
 * @throws {RangeError} If there is no label, or the threshold is not above 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { repeatFactors } from "@nbn/toolkit/samplers";
 *
 * assertEquals(repeatFactors([0, 0, 0, [0, 1]], 1), [1, 1, 1, 2]);
 * ```
 */
export function repeatFactors(
  labels: ArrayLike<number | readonly number[]>,
  threshold: number,
): number[] {
  if (labels.length === 0) throw new RangeError("Expected at least one label but found none");
  expectRange("above 0", { threshold });
  const classesOf = (i: number) => {
    const label = labels[i];
    return typeof label === "number" ? [label] : new Set(label);
  };
  const images = new Map<number, number>();
  for (let i = 0; i < labels.length; i++) {
    for (const label of classesOf(i)) images.set(label, (images.get(label) ?? 0) + 1);
  }
  return Array.from({ length: labels.length }, (_, i) => {
    let factor = 1;
    for (const label of classesOf(i)) {
      factor = Math.max(factor, Math.sqrt(threshold * labels.length / images.get(label)!));
    }
    return factor;
  });
}

/**
 * Repeats images of rare classes: shuffled epochs in which each image is drawn as often as its factor, stochastically
 * rounded to an integer in every epoch.
 *
 * Source: Gupta et al. 2019, LVIS; rounding as in Detectron2's `RepeatFactorTrainingSampler`.
 *
 * @param labels Class of each image, or its classes.
 * @param options Threshold, seed, starting position, shard.
 * @returns An endless stream of indices into `labels`. Resuming computes the lengths of the preceding epochs, which
 * takes one pass over the images for each.
 * @throws {RangeError} If there is no label, the threshold is not above 0, or position or shard are out of
 * range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { repeatFactorSampler } from "@nbn/toolkit/samplers";
 *
 * const epoch = repeatFactorSampler([0, 0, 0, 1], { seed: 0, threshold: 1 }).fill(new Int32Array(5));
 * assertEquals(epoch.filter((image) => image === 3).length, 2);
 * ```
 */
export function repeatFactorSampler(
  labels: ArrayLike<number | readonly number[]>,
  { threshold = 1e-3, ...options }: RepeatFactorOptions,
): IndexStream {
  const factors = repeatFactors(labels, threshold);
  const random = rng(options.seed);
  const lengths: number[] = [];
  const repeats = (epoch: number, each: (image: number, times: number) => void) => {
    const rounding = random.fork(`rounding ${epoch}`);
    factors.forEach((factor, image) => {
      const whole = Math.floor(factor);
      each(image, whole + (rounding.uniform() < factor - whole ? 1 : 0));
    });
  };
  const lengthOf = (epoch: number) => {
    if (lengths[epoch] === undefined) {
      lengths[epoch] = 0;
      repeats(epoch, (_, times) => lengths[epoch] += times);
    }
    return lengths[epoch];
  };
  let epoch = -1, start = 0, order = new Uint32Array(0);
  const enter = (next: number, from: number) => {
    [epoch, start] = [next, from];
    order = new Uint32Array(lengthOf(epoch));
    let filled = 0;
    repeats(epoch, (image, times) => {
      order.fill(image, filled, filled + times);
      filled += times;
    });
    shuffle(order as never, random.fork(epoch));
  };
  return streamOf(options, (position) => {
    if (epoch < 0 || position < start || position >= start + order.length) {
      let next = 0, from = 0;
      while (position >= from + lengthOf(next)) from += lengthOf(next++);
      enter(next, from);
    }
    return order[position - start];
  });
}

/** @ignore Its description. */
repeatFactorSampler.description = {
  token: "repeat-factor",
  about: "images of rare classes repeated",
  source: "Gupta et al. 2019",
  sampler: () => repeatFactorSampler,
} satisfies SamplerDescription as SamplerDescription;
