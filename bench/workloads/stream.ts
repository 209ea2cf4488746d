/**
 * Time from an image's file to a batch, on all cores.
 *
 * @module
 */
import { batches } from "../../lib/data/batches/mod.ts";
import { imageList } from "../../lib/data/image_list.ts";
import { instanceBalancedSampler } from "../../lib/samplers/instance_balanced.ts";
import { secondsSince, type Workload } from "./workload.ts";

/** Warm-up batches, until all worker threads have started. */
const WARM_UP = 3;

/** Options of {@linkcode stream}. */
export interface StreamOptions {
  /** Path of a list of images. */
  readonly path: string;
  /** Batch size. */
  readonly batch: number;
  /** Number of batches in a turn. */
  readonly batches: number;
  /** Number of worker threads that decode. */
  readonly workers: number;
}

/**
 * Sets up batches of the images of a list, with random resized crops and flips.
 *
 * @param options The list, batches and worker threads.
 * @returns The work; it measures the mean time of an image in a turn.
 */
export async function stream(
  { path, batch, batches: count, workers }: StreamOptions,
): Promise<Workload> {
  const dataset = await imageList(path, { size: 224 });
  const prepared = batches(dataset, instanceBalancedSampler(dataset.labels, { seed: 0 }), {
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
      const start = performance.now();
      await take(count);
      return { value: secondsSince(start) / (count * batch) };
    },
    close: () => prepared.close(),
  };
}
