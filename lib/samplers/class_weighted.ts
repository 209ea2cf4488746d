/**
 * Drawing a class first, then one of its images.
 *
 * @module
 */
import { rng, uniformAt } from "../core/rng.ts";
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

/**
 * Builds an alias table (Walker's alias method with the construction of Vose 1991).
 *
 * @param weights Weights of the outcomes, at least 0 and not all 0; they need not sum to 1.
 * @returns Function from a uniform number in [0, 1) to an outcome.
 * @throws {RangeError} If a weight is negative or not finite, or all are 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const draw = aliasTable([1, 0, 3]);
 * const drawn = [0, 0, 0];
 * for (let i = 0; i < 400; i++) drawn[draw(i / 400)]++;
 * assertEquals(drawn, [100, 0, 300]);
 * ```
 */
export function aliasTable(weights: readonly number[]): (uniform: number) => number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!(sum > 0 && sum < Infinity) || weights.some((weight) => !(weight >= 0))) {
    throw new RangeError(`Expected weights of at least 0, not all 0, but found ${weights}`);
  }
  const outcomes = weights.length;
  const share = Float64Array.from(weights, (weight) => weight * outcomes / sum);
  const other = Uint32Array.from(weights, (_, i) => i);
  const poor: number[] = [], rich: number[] = [];
  share.forEach((value, i) => (value < 1 ? poor : rich).push(i));
  while (poor.length > 0 && rich.length > 0) {
    const taker = poor.pop()!, giver = rich.at(-1)!;
    other[taker] = giver;
    share[giver] -= 1 - share[taker];
    if (share[giver] < 1) poor.push(rich.pop()!);
  }
  // Columns left over by rounding errors alias to themselves.
  for (const i of [...poor, ...rich]) share[i] = 1;
  return (uniform) => {
    const place = uniform * outcomes, column = Math.floor(place);
    return place - column < share[column] ? column : other[column];
  };
}
