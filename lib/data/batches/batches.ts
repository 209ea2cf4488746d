/**
 * Batches for training.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import type { Part } from "../../core/parts.ts";
import { threads } from "../../core/threads.ts";
import type { IndexStream } from "../../samplers/stream.ts";
import type { Augmentation } from "../augment/mod.ts";
import type { ImageDataset } from "../dataset.ts";
import type { Batch, Batches } from "./batch.ts";
import { openPool } from "./pool.ts";
import type { Job, Prepare } from "./prepare.ts";

/** Options of {@linkcode batches}. */
export interface BatchesOptions {
  /** Images in a batch, at least 1. */
  readonly batch: number;
  /**
   * Random augmentations of each image.
   *
   * @default {[]}
   */
  readonly augment?: readonly Augmentation[];
  /**
   * Random augmentations of each view of an image, at least one view; overrides `augment`.
   *
   * @default {[augment]}
   */
  readonly views?: readonly (readonly Augmentation[])[];
  /** Seed of the augmentations. */
  readonly seed: number;
  /**
   * Number of threads that prepare batches; with 0, the calling thread does. The batches do not depend on it.
   *
   * @default {1 for images in memory, one for each core (up to 32) for images on disk}
   */
  readonly workers?: number;
  /**
   * Part of each batch whose images are prepared, because other processes prepare the others. Labels, indices and
   * positions are those of the whole batch.
   *
   * @default {the whole batch}
   */
  readonly part?: Part;
}

/** Batches requested ahead, besides the next one. */
const AHEAD = 1;
/** Default limit: further threads would only wait for each other, and each takes memory. */
const MAX_WORKERS = 32;
/** Upper bound of `workers`: more threads, for example by a typing error, would exhaust the memory. */
const MAX_REQUESTED = 256;
/** Minimum number of images that makes a message to a thread worthwhile. */
const MIN_PIECE = 4;

/**
 * Prepares batches on worker threads, ahead of their use. A batch of images on disk is split among all threads, so that
 * few batches are in memory however many threads there are.
 *
 * Augmentation depends on the seed and on the number of images drawn before, never on the number of threads, so that a
 * stream opened at a batch's position resumes reproducibly.
 *
 * @param dataset The images.
 * @param stream Indices of the images, from the stream's position on.
 * @param options Batch size, augmentation, seed, threads.
 * @returns An infinite sequence of batches, to be iterated once; close it, or leave its loop, to stop.
 * @throws {RangeError} If an option is out of range.
 * @throws {DataError} During iteration, if an image on disk cannot be decoded.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { batches, builtin } from "@nbn/toolkit/data";
 * import { instanceBalancedSampler } from "@nbn/toolkit/samplers";
 *
 * const { train } = builtin();
 * const stream = instanceBalancedSampler(train.labels, { seed: 0 });
 * for await (const { images, position } of batches(train, stream, { batch: 4, seed: 0 })) {
 *   assertEquals([images.length, position], [4 * 32 * 32 * 3, 4]);
 *   break;
 * }
 * ```
 */
export function batches(
  dataset: ImageDataset,
  stream: IndexStream,
  options: BatchesOptions,
): Batches {
  const { batch, augment = [], views = [augment], seed } = options;
  const { workers = defaultWorkers(dataset), part = { first: 0, count: batch } } = options;
  expectRange("an integer of at least 1", { batch });
  if (!Number.isSafeInteger(workers) || workers < 0 || workers > MAX_REQUESTED) {
    throw new RangeError(
      `Expected workers to be an integer from 0 to ${MAX_REQUESTED} but found ${workers}`,
    );
  }
  if (views.length === 0) throw new RangeError("Expected at least one view but found none");
  const pool = openPool({ dataset: withoutLabels(dataset), views, seed }, workers);
  const pieces = dataset.images.kind === "pixels"
    ? 1
    : Math.max(1, Math.min(workers, Math.floor(part.count / MIN_PIECE)));
  // If a batch is a single job, several batches are needed to keep all threads busy.
  const ahead = workers === 0 ? 0 : (pieces === 1 ? workers : 1) + AHEAD;
  const coming: Promise<Batch>[] = [];
  let closed = false;

  const order = () => {
    const number = stream.position;
    const indices = stream.fill(new Int32Array(batch));
    const labels = indices.map((index) => dataset.labels[index]);
    const position = stream.position;
    const job = {
      indices: indices.slice(part.first, part.first + part.count),
      number: number + part.first,
    };
    const ordered = prepareShared(pool.prepare, job, pieces, views.length)
      .then((images) => ({ images, labels, indices, position }));
    // An error is reported when its batch is requested, and ignored after closing.
    ordered.catch(() => {});
    coming.push(ordered);
  };
  const close = async () => {
    closed = true;
    await pool.close();
  };

  return {
    close,
    [Symbol.asyncIterator]: () => ({
      async next() {
        if (closed) return { done: true, value: undefined };
        while (coming.length <= ahead) order();
        return { done: false, value: await coming.shift()! };
      },
      async return() {
        await close();
        return { done: true, value: undefined };
      },
    }),
  };
}

/** Splits a batch into pieces of consecutive images, prepares them in parallel and joins them. */
async function prepareShared(
  prepare: Prepare,
  { indices, number }: Job,
  pieces: number,
  views: number,
): Promise<Float32Array> {
  if (pieces === 1) return await prepare({ indices, number });
  const batch = indices.length;
  const starts = Array.from({ length: pieces + 1 }, (_, i) => Math.floor(i * batch / pieces));
  const prepared = await Promise.all(
    starts.slice(0, -1).map((start, i) =>
      prepare({ indices: indices.slice(start, starts[i + 1]), number: number + start })
    ),
  );
  const size = prepared[0].length / (views * starts[1]);
  const images = new Float32Array(views * batch * size);
  prepared.forEach((piece, i) => {
    const length = piece.length / views;
    for (let view = 0; view < views; view++) {
      const part = piece.subarray(view * length, (view + 1) * length);
      images.set(part, (view * batch + starts[i]) * size);
    }
  });
  return images;
}

/** The parts of a data set that workers need; labels are not copied to them. */
function withoutLabels({ images, shape, mean, std }: ImageDataset) {
  return { images, shape, mean, std };
}

/**
 * Returns the default number of threads that prepare batches.
 *
 * @param dataset The images.
 * @returns Number of threads.
 */
export function defaultWorkers({ images, labels }: ImageDataset): number {
  if (images.kind === "pixels") return 1;
  const useful = Math.ceil(labels.length / MIN_PIECE);
  return Math.max(1, Math.min(MAX_WORKERS, threads(), useful));
}
