/**
 * Time to create a sampler and draw one epoch of indices.
 *
 * @module
 */
import * as samplers from "../../lib/samplers/mod.ts";
import { secondsSince, type Workload } from "./workload.ts";

/** Indices are drawn batch by batch, as in a training. */
const BATCH = 128;
const CLASSES = 1000;

/**
 * Sets up a sampler.
 *
 * @param options Public name of the sampler, and number of images.
 * @returns The work; it measures the creation and one epoch.
 */
export function sampler(
  { sampler, items }: { readonly sampler: keyof typeof samplers; readonly items: number },
): Promise<Workload> {
  const labels = longTailedLabels(items);
  const make = samplers[sampler] as samplers.Sampler;
  // Samplers with a schedule need the length of the training.
  const options = { seed: 0, total: items };
  const batch = new Int32Array(BATCH);
  return Promise.resolve({
    measure() {
      const start = performance.now();
      const stream = make(labels, options);
      for (let drawn = 0; drawn < items; drawn += BATCH) stream.fill(batch);
      return Promise.resolve({ value: secondsSince(start) });
    },
    close: () => Promise.resolve(),
  });
}

/** Creates labels in mixed order; the lowest classes have far more images than the highest. */
function longTailedLabels(items: number): Int32Array {
  const labels = new Int32Array(items);
  for (let i = 0; i < items; i++) {
    labels[i] = Math.floor(CLASSES * (Math.imul(i, 2654435761) >>> 0) ** 3 / 2 ** 96);
  }
  return labels;
}
