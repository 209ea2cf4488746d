/**
 * Mixup.
 *
 * @module
 */
import { type Rng, shuffle } from "../../core/rng.ts";
import { beta } from "./beta.ts";
import { type Mixable, type Mixed, sizeOf } from "./mixed.ts";

/** Options of {@linkcode mixup}. */
export interface MixupOptions {
  /**
   * α of the Beta distribution of λ, above 0.
   *
   * @default {1, as for CIFAR; ImageNet 0.2}
   */
  readonly alpha?: number;
}

/**
 * Replaces every image by λ · itself + (1 − λ) · another of the batch, and mixes targets likewise; λ is drawn from
 * Beta(α, α) once per batch.
 *
 * Source: Zhang et al. 2018, mixup: Beyond Empirical Risk Minimization.
 *
 * @param batch Normalised images and their labels; they are not modified.
 * @param random Random stream, for instance `rng(seed).fork(step)`.
 * @param options α.
 * @returns New images with partners and mixing fractions.
 * @throws {RangeError} If α is not above 0, or images and labels differ in number.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { mixup } from "@nbn/toolkit/data";
 *
 * const batch = { images: Float32Array.of(0, 1), labels: Int32Array.of(0, 1) };
 * const { images, partners, shares } = mixup(batch, rng(1));
 * assertAlmostEquals(images[0], (1 - shares[0]) * partners[0], 1e-6);
 * ```
 */
export function mixup(batch: Mixable, random: Rng, { alpha = 1 }: MixupOptions = {}): Mixed {
  const { images, labels } = batch;
  const size = sizeOf(batch);
  const fraction = beta(alpha, random);
  const order = shuffle(Int32Array.from(labels, (_, image) => image), random);
  const mixed = new Float32Array(images.length);
  order.forEach((other, image) => {
    const here = image * size, there = other * size;
    for (let i = 0; i < size; i++) {
      mixed[here + i] = fraction * images[here + i] + (1 - fraction) * images[there + i];
    }
  });
  return {
    images: mixed,
    labels,
    partners: order.map((other) => labels[other]),
    shares: new Float32Array(labels.length).fill(fraction),
  };
}
