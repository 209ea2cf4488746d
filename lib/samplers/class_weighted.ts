/**
 * Drawing a class first, then one of its images.
 *
 * @module
 */
import { below, rng, uniform } from "../core/rng.ts";
import { aliasTable } from "./alias_table.ts";
import { imagesByClass } from "./images_by_class.ts";
import { type IndexStream, type SamplerOptions, streamOf } from "./stream.ts";

/**
 * Draws classes by weights that depend on their numbers of images, and images of a class equally often, with
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
  return streamOf(options, drawByClass(labels, options.seed, weight));
}

/**
 * The index at every place of {@linkcode classWeighted}.
 *
 * @param labels Class of each image.
 * @param seed Seed of the stream.
 * @param weight Weight of a class with `count` images.
 * @returns The index at a place, from 0.
 */
export function drawByClass(
  labels: ArrayLike<number>,
  seed: number,
  weight: (count: number) => number,
): (place: number) => number {
  const { counts, image } = imagesByClass(labels);
  const draw = aliasTable(counts.map(weight));
  const classes = rng(seed).fork("class").seed, images = rng(seed).fork("image").seed;
  return (place) => {
    const drawn = draw(uniform(classes, place));
    return image(drawn, below(counts[drawn], images, place));
  };
}
