/**
 * CutMix.
 *
 * @module
 */
import { type Rng, shuffle } from "../../core/rng.ts";
import { beta } from "./beta.ts";
import { paste, randomBox, shareLeft } from "./box.ts";
import type { Mixable, Mixed } from "./mixed.ts";

/** Options of {@linkcode cutMix} and {@linkcode cmo}. */
export interface CutMixOptions {
  /** Shape of one image, `[height, width, channels]`. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /**
   * α of the Beta distribution that shares are drawn from, above 0.
   *
   * @default {1}
   */
  readonly alpha?: number;
  /**
   * How likely a batch is changed at all, 0 to 1.
   *
   * @default {0.5}
   */
  readonly probability?: number;
}

/**
 * Into every image a box of another of the batch is pasted; the target is shared by area. One box and share
 * λ, from Beta(α, α), for the batch; λ is computed anew from the pixels pasted.
 *
 * Source: Yun et al. 2019, CutMix: Regularization Strategy to Train Strong Classifiers with Localizable
 * Features.
 *
 * @param batch Normalised images and their labels; they are left as they are.
 * @param random Stream to draw from, for instance `rng(seed).fork(step)`.
 * @param options Shape, α, probability.
 * @returns New images with partners and shares.
 * @throws {RangeError} If an option is out of its range, or images and labels do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "../../core/rng.ts";
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
 * Pastes one box of the foreground's images into those of the batch.
 *
 * @param batch What is pasted into.
 * @param foreground What is pasted from; its labels in the order of the batch.
 * @param order Place of each image's foreground.
 * @param random Stream to draw from.
 * @param options Shape, α, probability.
 * @returns New images with partners and shares.
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
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`Expected probability to be from 0 to 1 but found ${probability}`);
  }
  const share = beta(alpha, random);
  const changes = random.uniform() < probability;
  const box = randomBox(height, width, changes ? share : 1, random);
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
