/**
 * Instance-balanced sampling: every image is drawn equally often.
 *
 * @module
 */
import { rng, shuffle } from "../core/rng.ts";
import type { IndexStream, SamplerOptions } from "./stream.ts";

/**
 * Goes through all images in a new random order, epoch after epoch: classes appear as often as they have
 * images.
 *
 * Source: "instance-balanced sampling", Kang et al., Decoupling Representation and Classifier, section 3
 * (q = 1).
 *
 * @param labels Class of each image; only their number counts.
 * @param options Seed, starting position, shard.
 * @returns An endless stream of indices into `labels`.
 * @throws {RangeError} If `labels` is empty.
 *
 * @example An epoch holds every image once
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const epoch = instanceBalanced([0, 0, 1], { seed: 0 }).fill(new Int32Array(3));
 * assertEquals(epoch.sort(), Int32Array.of(0, 1, 2));
 * ```
 */
export function instanceBalanced(
  labels: ArrayLike<number>,
  { seed, position = 0, shard = { index: 0, count: 1 } }: SamplerOptions,
): IndexStream {
  const images = labels.length;
  if (images === 0) throw new RangeError("Expected at least one label but found none");
  let drawn = position, epoch = -1;
  const order = new Uint32Array(images);
  const next = () => {
    const place = drawn++ * shard.count + shard.index;
    const wanted = Math.floor(place / images);
    if (wanted !== epoch) {
      epoch = wanted;
      for (let i = 0; i < images; i++) order[i] = i;
      shuffle(order as never, rng(seed).fork(epoch));
    }
    return order[place % images];
  };
  return {
    get position() {
      return drawn;
    },
    fill(out) {
      for (let i = 0; i < out.length; i++) out[i] = next();
      return out;
    },
    *[Symbol.iterator]() {
      for (;;) yield next();
    },
  };
}
