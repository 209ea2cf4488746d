/**
 * Context-rich minority oversampling.
 *
 * @module
 */
import type { Rng } from "../../core/rng.ts";
import { type CutMixOptions, pasted } from "./cut_mix.ts";
import type { Mixable, Mixed } from "./mixed.ts";

/**
 * CutMix of two batches: boxes of foreground images, sampled with weights 1/n, are pasted into background images,
 * sampled uniformly, so that rare classes appear in the rich contexts of frequent ones. The decision to paste, λ and
 * the box are drawn once per batch; λ is recomputed from the pasted area.
 *
 * Source: Park et al. 2022, The Majority Can Help the Minority: Context-Rich Minority Oversampling for
 * Long-Tailed Classification; constants as in its authors' code.
 *
 * @param background Normalised images and their labels, sampled uniformly; they are not modified.
 * @param foreground A batch of the same size, sampled by `classBalancedSampler` (weight 1/n for each image).
 * @param random Random stream, for instance `rng(seed).fork(step)`.
 * @param options Shape, α, probability.
 * @returns New images; labels are the background's, partners the foreground's.
 * @throws {RangeError} If an option is out of range, or the batches differ in size.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { cmo } from "@nbn/toolkit/data";
 *
 * const background = { images: new Float32Array(64), labels: Int32Array.of(0) };
 * const foreground = { images: new Float32Array(64).fill(1), labels: Int32Array.of(9) };
 * const { images, partners, shares } = cmo(background, foreground, rng(0), {
 *   shape: [8, 8, 1], probability: 1,
 * });
 * assertEquals(partners[0], 9);
 * assertEquals(images.filter((value) => value === 1).length, Math.round(64 * (1 - shares[0])));
 * ```
 */
export function cmo(
  background: Mixable,
  foreground: Mixable,
  random: Rng,
  options: CutMixOptions,
): Mixed {
  if (foreground.labels.length !== background.labels.length) {
    throw new RangeError(
      `Expected as many foreground as background images, ${background.labels.length}, but found ` +
        `${foreground.labels.length}`,
    );
  }
  const order = Int32Array.from(background.labels, (_, image) => image);
  return pasted(background, foreground, order, random, options);
}

/**
 * Tests whether CMO is active in an epoch: not in the first four nor in the last three.
 *
 * Source: as {@linkcode cmo}.
 *
 * @param epoch Number of the epoch, from 0.
 * @param epochs Number of epochs of the training.
 * @returns Whether 3 < epoch < epochs − 3.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([3, 4, 196, 197].map((epoch) => cmoActive(epoch, 200)), [false, true, true, false]);
 * ```
 */
export function cmoActive(epoch: number, epochs: number): boolean {
  return epoch > 3 && epoch < epochs - 3;
}
