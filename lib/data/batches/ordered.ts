/**
 * Batches for evaluation.
 *
 * @module
 */
import type { Part } from "../../core/parts.ts";
import type { ImageDataset } from "../dataset.ts";
import type { Batch, Batches } from "./batch.ts";
import { batches } from "./batches.ts";

/** Options of {@linkcode orderedBatches}. */
export interface OrderedBatchesOptions {
  /** Images in a batch. */
  readonly batch: number;
  /**
   * Part of each batch that this process needs.
   *
   * @default {the whole batch}
   */
  readonly part?: Part;
}

/**
 * Iterates over a data set once, in its order, without augmentation; the last batch may be smaller.
 *
 * @param dataset The images.
 * @param options Batch size, part of each batch whose pixels are prepared.
 * @returns The batches, to be iterated once.
 * @throws {RangeError} If the batch size is not an integer of at least 1.
 * @throws {DataError} During iteration, if an image on disk cannot be decoded.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin, orderedBatches } from "@nbn/toolkit/data";
 *
 * const { test } = builtin();
 * const seven = { ...test, labels: test.labels.slice(0, 7) };
 * const sizes = [];
 * for await (const { labels } of orderedBatches(seven, { batch: 4 })) sizes.push(labels.length);
 * assertEquals(sizes, [4, 3]);
 * ```
 */
export function orderedBatches(
  dataset: ImageDataset,
  { batch, part }: OrderedBatchesOptions,
): Batches {
  const images = dataset.labels.length;
  let position = 0;
  const inOrder = {
    get position() {
      return position;
    },
    fill<T extends Int32Array | Uint32Array | Float64Array>(out: T): T {
      // The last batch is padded with the last image; the padding is cut off below.
      for (let i = 0; i < out.length; i++) out[i] = Math.min(position + i, images - 1);
      position += out.length;
      return out;
    },
    *[Symbol.iterator]() {
      while (position < images) yield position++;
    },
  };
  // Normalising images in memory takes less time than starting a thread.
  const workers = dataset.images.kind === "pixels" ? 0 : undefined;
  const endless = batches(dataset, inOrder, {
    batch: part ? batch : Math.min(batch, images),
    ...{ part, seed: 0, workers },
  });
  const { first, count: most } = part ?? { first: 0, count: batch };
  const size = dataset.shape.reduce((product, extent) => product * extent, 1);
  async function* once(): AsyncGenerator<Batch> {
    let done = 0;
    for await (const { images: pixels, labels, indices } of endless) {
      const count = Math.min(batch, images - done);
      const own = Math.max(0, Math.min(most, count - first));
      done += count;
      yield {
        images: pixels.subarray(0, own * size),
        labels: labels.subarray(0, count),
        indices: indices.subarray(0, count),
        position: done,
      };
      if (done >= images) return;
    }
  }
  return { [Symbol.asyncIterator]: once, close: endless.close };
}
