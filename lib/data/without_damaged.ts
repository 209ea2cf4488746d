/**
 * Leaving damaged images out before a training begins.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { usualWorkers } from "./batches/batches.ts";
import { openPool } from "./batches/pool.ts";
import type { Damaged } from "./batches/prepare.ts";
import type { ImageDataset } from "./dataset.ts";
import { someOf } from "./lists/some_of.ts";
import { subset } from "./subset.ts";

/** Options of {@linkcode withoutDamaged}. */
export interface WithoutDamagedOptions {
  /**
   * Threads that decode.
   *
   * @default {as many as prepare batches}
   */
  readonly workers?: number;
  /** Called now and then with the number of images done and the number of all. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** A data set whose images can all be used. */
export interface WithoutDamaged {
  /** The rest of the images; the data set itself if nothing was left out. */
  readonly dataset: ImageDataset;
  /** One line for each image left out, in their order. */
  readonly skipped: readonly string[];
}

/** Images that a thread is given at once. */
const CHUNK = 64;

/**
 * Decodes every image of a data set once, on all cores, and leaves out those that are missing or damaged. So counts,
 * samplers and accuracies are of the images that are there, and a training cannot stop at a bad one.
 *
 * @param dataset The data set; one in memory is returned as it is.
 * @param options Threads and progress.
 * @returns The images that can be used, and why others cannot.
 * @throws {DataError} If a class loses its last image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "./builtin/mod.ts";
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
 * As {@linkcode withoutDamaged}, for images that need no classes: any of them may be left out.
 *
 * @param dataset The data set; one in memory is returned as it is.
 * @param options Threads and progress.
 * @returns The images that can be used, and why others cannot.
 */
export async function withoutDamagedImages(
  dataset: ImageDataset,
  { workers = usualWorkers(dataset), onProgress }: WithoutDamagedOptions = {},
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
