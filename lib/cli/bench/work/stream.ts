/**
 * How long an image takes from its file to a batch, on all cores.
 *
 * @module
 */
import { batches } from "../../../data/batches/mod.ts";
import { imageList } from "../../../data/image_list.ts";
import { instanceBalanced } from "../../../samplers/instance_balanced.ts";
import { secondsSince, type Work } from "./work.ts";

/** Batches until all threads have begun. */
const WARM_UP = 3;

/** What is streamed. */
export interface StreamOptions {
  /** Path of a list of images. */
  readonly path: string;
  /** Images in a batch. */
  readonly batch: number;
  /** Batches in a turn. */
  readonly batches: number;
  /** Threads that decode. */
  readonly workers: number;
}

/**
 * Sets up random-resized crops, flipped, of a list's images.
 *
 * @param options The list, and how much of it.
 * @returns The work; it takes the mean image of a turn.
 */
export async function stream(
  { path, batch, batches: count, workers }: StreamOptions,
): Promise<Work> {
  const dataset = await imageList(path, { size: 224 });
  const prepared = batches(dataset, instanceBalanced(dataset.labels, { seed: 0 }), {
    batch,
    augment: [{ name: "random-resized-crop" }, { name: "flip" }],
    seed: 0,
    workers,
  });
  const source = prepared[Symbol.asyncIterator]();
  const take = async (count: number) => {
    for (let i = 0; i < count; i++) await source.next();
  };
  await take(WARM_UP);
  return {
    async measure() {
      const began = performance.now();
      await take(count);
      return { value: secondsSince(began) / (count * batch) };
    },
    close: () => prepared.close(),
  };
}
