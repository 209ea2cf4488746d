/**
 * Sampling by the effective number of images.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { classWeighted } from "./class_weighted.ts";
import type { SamplerDescription } from "./description.ts";
import type { IndexStream, SamplerOptions } from "./stream.ts";

/** Options of {@linkcode effectiveNumberSampler}. */
export interface EffectiveNumberOptions extends SamplerOptions {
  /**
   * β, in [0, 1): how fast the benefit of further images of a class diminishes; 0 is instance-balanced, towards 1
   * class-balanced.
   *
   * @default {0.9999}
   */
  beta?: number;
}

/**
 * Draws images with weight (1 − β)/(1 − β^n), with n the number of images of their class.
 *
 * Source: Cui et al. 2019, Class-Balanced Loss Based on Effective Number of Samples, equation 10, as a
 * sampler (Cao et al. 2019, "resample" of LDAM's code).
 *
 * @param labels Class of each image, from 0; a class without images is never drawn.
 * @param options β, seed, starting position, shard.
 * @returns An endless stream of indices into `labels`.
 * @throws {RangeError} If β is out of its range, there is no label, one is not a class, or position or shard
 * are out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { effectiveNumberSampler } from "@nbn/toolkit/samplers";
 *
 * const stream = effectiveNumberSampler([0, 0, 1], { seed: 0, beta: 0.999 });
 * assertEquals(stream.fill(new Int32Array(2)).length, 2);
 * ```
 */
export function effectiveNumberSampler(
  labels: ArrayLike<number>,
  { beta = 0.9999, ...options }: EffectiveNumberOptions,
): IndexStream {
  expectRange("at least 0 and below 1", { beta });
  return classWeighted(
    labels,
    options,
    (count) => count * (beta === 0 ? 1 : (1 - beta) / -Math.expm1(count * Math.log(beta))),
  );
}

/** @ignore Its description. */
effectiveNumberSampler.description = {
  token: "effective-number",
  about: "classes by their effective number of images",
  source: "Cui et al. 2019",
  sampler: () => effectiveNumberSampler,
} satisfies SamplerDescription as SamplerDescription;
