/**
 * Removes corrupt images from a data set before training.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { defaultWorkers } from "./batches/batches.ts";
import { openPool } from "./batches/pool.ts";
import type { Damaged } from "./batches/prepare.ts";
import type { ImageDataset } from "./dataset.ts";
import { someOf } from "./lists/some_of.ts";
import { subset } from "./subset.ts";

/** Options of {@linkcode withoutDamaged}. */
export interface WithoutDamagedOptions {
  /**
   * Number of decoding threads.
   *
   * @default {as many threads as prepare batches}
   */
  readonly workers?: number;
  /** Called periodically with the number of images done and the total. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** A data set without corrupt images. */
export interface WithoutDamaged {
  /** The remaining images; the same data set if nothing was removed. */
  readonly dataset: ImageDataset;
  /** One line for each removed image, in the order of the data set. */
  readonly skipped: readonly string[];
}

/** Images sent to a thread at once. */
const CHUNK = 64;

/**
 * Decodes every image of a data set once, on all cores, and removes those that are missing or corrupt. Class counts,
 * samplers and accuracies then cover readable images only, and training cannot fail on a corrupt image.
 *
 * @param dataset The data set; one in memory is returned unchanged.
 * @param options Threads and progress.
 * @returns The readable images, and why others were removed.
 * @throws {DataError} If a class has no readable image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin, withoutDamaged } from "@nbn/toolkit/data";
 *
 * const { train } = builtin({ max: 10, imbalance: 2, testImages: 1 });
 * assertEquals((await withoutDamaged(train)).skipped, []);
 * ```
 */
export async function withoutDamaged(
  dataset: ImageDataset,
  options: WithoutDamagedOptions = {},
): Promise<WithoutDamaged> {
  const found = await withoutDamagedImages(dataset, options);
  expectSameClasses(dataset, found.dataset);
  return found;
}

/**
 * As {@linkcode withoutDamaged}, but classes may lose all their images.
 *
 * @param dataset The data set; one in memory is returned unchanged.
 * @param options Threads and progress.
 * @returns The readable images, and why others were removed.
 */
export async function withoutDamagedImages(
  dataset: ImageDataset,
  { workers = defaultWorkers(dataset), onProgress }: WithoutDamagedOptions = {},
): Promise<WithoutDamaged> {
  if (dataset.images.kind !== "files") return { dataset, skipped: [] };
  const all = dataset.labels.length;
  const { images, shape, mean, std } = dataset;
  const pool = openPool({ dataset: { images, shape, mean, std }, views: [], seed: 0 }, workers);
  const damaged: Damaged[] = [];
  let next = 0, done = 0;
  const goThrough = async () => {
    while (next < all) {
      const first = next;
      next = Math.min(all, first + CHUNK);
      const indices = Int32Array.from({ length: next - first }, (_, i) => first + i);
      damaged.push(...await pool.check(indices));
      done += indices.length;
      onProgress?.(done, all);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, workers) }, goThrough));
  } finally {
    await pool.close();
  }
  if (damaged.length === 0) return { dataset, skipped: [] };
  damaged.sort(([a], [b]) => a - b);
  const bad = new Set(damaged.map(([index]) => index));
  const kept = Int32Array.from({ length: all }, (_, index) => index).filter((i) => !bad.has(i));
  return { dataset: subset(dataset, kept), skipped: damaged.map(([, message]) => message) };
}

function expectSameClasses(before: ImageDataset, after: ImageDataset): void {
  const left = new Set(after.labels);
  const lost = [...new Set(before.labels)].filter((label) => !left.has(label));
  if (lost.length === 0) return;
  throw new DataError(
    `Expected images of every class of ${before.name} but none can be read of ` +
      someOf(lost.map((label) => before.classNames[label])),
  );
}
