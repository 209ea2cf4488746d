/**
 * How long a sampler takes to be made and to draw as many indices as there are images.
 *
 * @module
 */
import * as samplers from "../../../samplers/mod.ts";
import { secondsSince, type Work } from "./work.ts";

/** Indices are drawn batch by batch, as in a training. */
const BATCH = 128;
const CLASSES = 1000;

/**
 * Sets up a sampler.
 *
 * @param options Its public name, and how many images there are.
 * @returns The work.
 */
export function sampler(
  { sampler, items }: { readonly sampler: keyof typeof samplers; readonly items: number },
): Promise<Work> {
  const labels = longTailedLabels(items);
  const make = samplers[sampler] as samplers.Sampler;
  // Those that change over a training are told how long it is.
  const options = { seed: 0, total: items };
  const batch = new Int32Array(BATCH);
  return Promise.resolve({
    measure() {
      const began = performance.now();
      const stream = make(labels, options);
      for (let drawn = 0; drawn < items; drawn += BATCH) stream.fill(batch);
      return Promise.resolve({ value: secondsSince(began) });
    },
    close: () => Promise.resolve(),
  });
}

/** Labels in no order of which the first classes have far more than the last. */
function longTailedLabels(items: number): Int32Array {
  const labels = new Int32Array(items);
  for (let i = 0; i < items; i++) {
    labels[i] = Math.floor(CLASSES * (Math.imul(i, 2654435761) >>> 0) ** 3 / 2 ** 96);
  }
  return labels;
}
