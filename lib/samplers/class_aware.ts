/**
 * Class-aware sampling.
 *
 * @module
 */
import { rng } from "../core/rng.ts";
import type { SamplerDescription } from "./description.ts";
import { imagesByClass } from "./images_by_class.ts";
import { shuffledCycles } from "./shuffled_cycles.ts";
import { type IndexStream, type SamplerOptions, streamOf } from "./stream.ts";

/**
 * Cycles through all classes, and within each class through its images, with a new random order in each cycle. An
 * epoch, in which each image of the largest class is drawn once, has n_max · C draws.
 *
 * Source: Shen et al. 2016, Relay Backpropagation, section 3.3.
 *
 * @param labels Class of each image, from 0; a class without images is never drawn.
 * @param options Seed, starting position, shard.
 * @returns An endless stream of indices into `labels`.
 * @throws {RangeError} If there is no label, one is not a class, or position or shard are out of range.
 *
 * @example Every round has each class once
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { classAwareSampler } from "@nbn/toolkit/samplers";
 *
 * const labels = [0, 0, 0, 1, 2, 2];
 * const round = classAwareSampler(labels, { seed: 0 }).fill(new Int32Array(3));
 * assertEquals([...round].map((image) => labels[image]).sort(), [0, 1, 2]);
 * ```
 */
export function classAwareSampler(labels: ArrayLike<number>, options: SamplerOptions): IndexStream {
  const { counts, starts, sorted } = imagesByClass(labels);
  const random = rng(options.seed);
  const classAt = shuffledCycles(counts.length, random.fork("classes").seed);
  const within = counts.map((count, c) => shuffledCycles(count, random.fork(c).seed));
  return streamOf(options, (position) => {
    const drawn = classAt(position);
    return sorted[starts[drawn] + within[drawn](Math.floor(position / counts.length))];
  });
}

/** @ignore Its description. */
classAwareSampler.description = {
  token: "class-aware",
  about: "rounds through shuffled classes",
  source: "Shen et al. 2016",
  sampler: () => classAwareSampler,
} satisfies SamplerDescription as SamplerDescription;
