/**
 * CutMix.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import { type Rng, shuffle } from "../../core/rng.ts";
import { beta } from "./beta.ts";
import { paste, randomBox, shareLeft } from "./box.ts";
import type { Mixable, Mixed } from "./mixed.ts";

/** Options of {@linkcode cutMix} and {@linkcode cmo}. */
export interface CutMixOptions {
  /** Shape of one image, `[height, width, channels]`. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /**
   * α of the Beta distribution of λ, above 0.
   *
   * @default {1}
   */
  readonly alpha?: number;
  /**
   * Probability of mixing a batch, 0 to 1.
   *
   * @default {0.5}
   */
  readonly probability?: number;
}

/**
 * Pastes a box of another image of the batch into every image; targets are mixed in proportion to the area. One box and
 * one λ from Beta(α, α) are drawn per batch; λ is recomputed from the pasted area.
 *
 * Source: Yun et al. 2019, CutMix: Regularization Strategy to Train Strong Classifiers with Localizable
 * Features.
 *
 * @param batch Normalised images and their labels; they are not modified.
 * @param random Random stream, for instance `rng(seed).fork(step)`.
 * @param options Shape, α, probability.
 * @returns New images with partners and mixing fractions.
 * @throws {RangeError} If an option is out of range, or images and labels differ in number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { cutMix } from "@nbn/toolkit/data";
 *
 * const batch = { images: new Float32Array(2 * 8 * 8), labels: Int32Array.of(0, 1) };
 * batch.images.fill(1, 64);
 * const { images, shares, partners } = cutMix(batch, rng(2), { shape: [8, 8, 1], probability: 1 });
 * const ones = images.subarray(0, 64).reduce((sum, value) => sum + value, 0);
 * assertEquals(ones, partners[0] * Math.round(64 * (1 - shares[0])));
 * ```
 */
export function cutMix(batch: Mixable, random: Rng, options: CutMixOptions): Mixed {
  const { labels, images } = batch;
  const order = shuffle(Int32Array.from(labels, (_, image) => image), random);
  return pasted(
    batch,
    { images, labels: order.map((other) => labels[other]) },
    order,
    random,
    options,
  );
}

/**
 * Pastes the same box of each foreground image into an image of the batch.
 *
 * @param batch Background images, pasted into.
 * @param foreground Foreground images, in any order; their labels in the order of the batch.
 * @param order Index of each image's foreground image.
 * @param random Random stream.
 * @param options Shape, α, probability.
 * @returns New images with partners and mixing fractions.
 */
export function pasted(
  batch: Mixable,
  foreground: Mixable,
  order: Int32Array,
  random: Rng,
  { shape, alpha = 1, probability = 0.5 }: CutMixOptions,
): Mixed {
  const [height, width, channels] = shape;
  const size = height * width * channels;
  const { labels } = batch;
  for (const { images } of [batch, foreground]) {
    if (images.length !== labels.length * size) {
      throw new RangeError(
        `Expected ${labels.length} images of [${shape}] but found ${images.length} values`,
      );
    }
  }
  expectRange("from 0 to 1", { probability });
  const fraction = beta(alpha, random);
  const changes = random.uniform() < probability;
  const box = randomBox(height, width, changes ? fraction : 1, random);
  const images = batch.images.slice();
  order.forEach((other, image) => {
    paste(foreground.images, other * size, images, image * size, box, shape);
  });
  return {
    images,
    labels,
    partners: foreground.labels,
    shares: new Float32Array(labels.length).fill(shareLeft(box, height, width)),
  };
}
