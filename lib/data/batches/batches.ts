/**
 * Batches for training.
 *
 * @module
 */
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
   * How each image is changed at random.
   *
   * @default {[]}
   */
  readonly augment?: readonly Augmentation[];
  /**
   * How each image is changed at random for each of several views, at least one; takes the place of `augment`.
   *
   * @default {[augment]}
   */
  readonly views?: readonly (readonly Augmentation[])[];
  /** Seed of those changes. */
  readonly seed: number;
  /**
   * Threads that prepare batches; with 0 the calling thread does. The batches are the same.
   *
   * @default {1 for images in memory, one for each core (up to 32) for images on disk}
   */
  readonly workers?: number;
}

/** Batches asked for before they are needed, besides the next one. */
const AHEAD = 1;
/** More threads than this wait for one another, and each has memory of its own. */
const MOST_WORKERS = 32;
/** More threads than this, a slip of the finger, would fill the memory. */
const MOST_ASKED_FOR = 256;
/** Images that are worth the message to a thread. */
const LEAST_PIECE = 4;

/**
 * Prepares batches off the main thread and ahead of their use. A batch of images on disk is shared among all threads,
 * so that memory holds few batches however many threads there are.
 *
 * What an image looks like depends on the seed and on how many images were drawn before it, never on the
 * number of threads, so a stream opened at a batch's position goes on as if it had not been interrupted.
 *
 * @param dataset The images.
 * @param stream Which images, from its position on.
 * @param options Batch, augmentation, seed, threads.
 * @returns An endless sequence of batches, to be gone through once; close it, or leave its loop, at the end.
 * @throws {RangeError} If a number is out of its range.
 * @throws {DataError} While going through it, if an image on disk cannot be decoded.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { instanceBalanced } from "../../samplers/mod.ts";
 * import { builtin } from "../builtin/mod.ts";
 *
 * const { train } = builtin();
 * const stream = instanceBalanced(train.labels, { seed: 0 });
 * for await (const { images, position } of batches(train, stream, { batch: 4, seed: 0 })) {
 *   assertEquals([images.length, position], [4 * 32 * 32 * 3, 4]);
 *   break;
 * }
 * ```
 */
export function batches(
  dataset: ImageDataset,
  stream: IndexStream,
  { batch, augment = [], views = [augment], seed, workers = usualWorkers(dataset) }: BatchesOptions,
): Batches {
  if (!Number.isSafeInteger(batch) || batch < 1) {
    throw new RangeError(`Expected batch to be an integer of at least 1 but found ${batch}`);
  }
  if (!Number.isSafeInteger(workers) || workers < 0 || workers > MOST_ASKED_FOR) {
    throw new RangeError(
      `Expected workers to be an integer from 0 to ${MOST_ASKED_FOR} but found ${workers}`,
    );
  }
  if (views.length === 0) throw new RangeError("Expected at least one view but found none");
  const pool = openPool({ dataset: withoutLabels(dataset), views, seed }, workers);
  const pieces = dataset.images.kind === "pixels"
    ? 1
    : Math.max(1, Math.min(workers, Math.floor(batch / LEAST_PIECE)));
  // Batches that are whole jobs keep every thread busy by their number.
  const ahead = workers === 0 ? 0 : (pieces === 1 ? workers : 1) + AHEAD;
  const coming: Promise<Batch>[] = [];
  let closed = false;

  const order = () => {
    const number = stream.position;
    const indices = stream.fill(new Int32Array(batch));
    const labels = indices.map((index) => dataset.labels[index]);
    const position = stream.position;
    const ordered = prepareShared(pool.prepare, { indices, number }, pieces, views.length)
      .then((images) => ({ images, labels, indices, position }));
    // One that fails is reported when its turn comes, and not at all after closing.
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

/** Prepares a batch in pieces of consecutive images, and puts them together. */
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

/** Only the part of a data set that preparing needs: labels stay where they are. */
function withoutLabels({ images, shape, mean, std }: ImageDataset) {
  return { images, shape, mean, std };
}

/**
 * Threads that prepare batches unless told otherwise.
 *
 * @param dataset The images.
 * @returns How many.
 */
export function usualWorkers({ images, labels }: ImageDataset): number {
  if (images.kind === "pixels") return 1;
  const useful = Math.ceil(labels.length / LEAST_PIECE);
  return Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency, useful));
}
