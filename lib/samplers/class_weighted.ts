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
 * @param weight Weight of a class with `count` images; classes without images are never drawn, whatever their weight.
 * @returns An endless stream of indices into `labels`.
 * @throws {RangeError} If there is no label, one is not a class, or position or shard are out of range.
 */
export function classWeighted(
  labels: ArrayLike<number>,
  options: SamplerOptions,
  weight: (count: number) => number,
): IndexStream {
  const { at, sorted } = sortedDraws(labels, options.seed, weight);
  return streamOf(options, at, sorted);
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
): (position: number) => number {
  const { at, sorted } = sortedDraws(labels, seed, weight);
  return (position) => sorted[at(position)];
}

/** The draw at every position, as a position in the images sorted by class. */
function sortedDraws(
  labels: ArrayLike<number>,
  seed: number,
  weight: (count: number) => number,
) {
  const { counts, starts, sorted } = imagesByClass(labels);
  const draw = aliasTable(counts.map((count) => count === 0 ? 0 : weight(count)));
  const classAt = uniformAt(rng(seed).fork("class").seed);
  const imageAt = uniformAt(rng(seed).fork("image").seed);
  const at = (position: number) => {
    const drawn = draw(classAt(position));
    return starts[drawn] + Math.floor(imageAt(position) * counts[drawn]);
  };
  return { at, sorted };
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
  // Probability that a column yields its own outcome rather than its alias.
  const kept = Float64Array.from(weights, (weight) => weight * outcomes / sum);
  const alias = Uint32Array.from(weights, (_, i) => i);
  const below: number[] = [], above: number[] = [];
  kept.forEach((value, i) => (value < 1 ? below : above).push(i));
  while (below.length > 0 && above.length > 0) {
    const taker = below.pop()!, giver = above.at(-1)!;
    alias[taker] = giver;
    kept[giver] -= 1 - kept[taker];
    if (kept[giver] < 1) below.push(above.pop()!);
  }
  // Columns left over by rounding errors alias to themselves.
  for (const i of [...below, ...above]) kept[i] = 1;
  return (uniform) => {
    const scaled = uniform * outcomes, column = Math.floor(scaled);
    return scaled - column < kept[column] ? column : alias[column];
  };
}
