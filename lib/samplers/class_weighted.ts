/**
 * Drawing a class first, then one of its images.
 *
 * @module
 */
import { rng, uniformAt } from "../core/rng.ts";
import { aliasTable } from "./alias_table.ts";
import { imagesByClass } from "./images_by_class.ts";
import { type IndexStream, type SamplerOptions, streamOf } from "./stream.ts";

/**
 * Draws classes with weights that depend on their numbers of images, then images of a class uniformly, with
 * replacement.
 *
 * @param labels Class of each image.
 * @param options Seed, starting position, shard.
 * @param weight Weight of a class with `count` images.
 * @returns An endless stream of indices into `labels`.
 * @throws {RangeError} If there is no label, one is not a class, or position or shard are out of range.
 */
export function classWeighted(
  labels: ArrayLike<number>,
  options: SamplerOptions,
  weight: (count: number) => number,
): IndexStream {
  const { place, sorted } = placeByClass(labels, options.seed, weight);
  return streamOf(options, place, sorted);
}

/**
 * Returns the index at every position of {@linkcode classWeighted}.
 *
 * @param labels Class of each image.
 * @param seed Seed of the stream.
 * @param weight Weight of a class with `count` images.
 * @returns Function from a position, from 0, to the index.
 */
export function drawByClass(
  labels: ArrayLike<number>,
  seed: number,
  weight: (count: number) => number,
): (place: number) => number {
  const { place, sorted } = placeByClass(labels, seed, weight);
  return (at) => sorted[place(at)];
}

/** The draw at every position, as a position in the images sorted by class. */
function placeByClass(
  labels: ArrayLike<number>,
  seed: number,
  weight: (count: number) => number,
) {
  const { counts, starts, sorted } = imagesByClass(labels);
  const draw = aliasTable(counts.map(weight));
  const classAt = uniformAt(rng(seed).fork("class").seed);
  const imageAt = uniformAt(rng(seed).fork("image").seed);
  const place = (at: number) => {
    const drawn = draw(classAt(at));
    return starts[drawn] + Math.floor(imageAt(at) * counts[drawn]);
  };
  return { place, sorted };
}
