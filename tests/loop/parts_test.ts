/**
 * Batches in parts: together, the parts of several processes are the batch of one.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { partsOf } from "../../lib/core/parts.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { batchSource, type TrainingBatch } from "../../lib/loop/batch_source.ts";
import { cmoBatches, cutMixBatches, type Mixing, sharedLambdaLoss } from "../../lib/loop/mixing.ts";
import type { Stage } from "../../lib/loop/stages/stage.ts";
import { constantSchedule, sgd } from "../../lib/optim/mod.ts";
import { bbnSampler, instanceBalancedSampler, type Sampler } from "../../lib/samplers/mod.ts";
import { smallImages } from "../train/small_images.ts";

const data = smallImages({ side: 8, max: 12, imbalance: 4 });
const BATCH = 7;
const loss = sharedLambdaLoss(crossEntropy());
const always = (mixing: Mixing) => ({ ...mixing, loss, active: () => true });
const base: Stage = {
  name: "all",
  iterations: 9,
  loss: crossEntropy(),
  sampler: instanceBalancedSampler,
  augment: [{ name: "crop", padding: 2 }, { name: "flip" }],
  schedule: constantSchedule(0.1),
  optimizer: sgd(),
};

/** The second batch from a position on. */
async function second(stage: Stage, part?: { first: number; count: number }) {
  const counts = Array(10).fill(3), seed = 3, position = 2 * BATCH, total = 99;
  const options = { batch: BATCH, seed, position, total, counts, workers: 0, part };
  const source = batchSource(stage, data, options);
  await source.next();
  const batch = await source.next();
  await source.close();
  return batch;
}

/** Images of each view. */
function viewsOf({ images }: TrainingBatch, views: number) {
  const length = images.length / views;
  return Array.from(
    { length: views },
    (_, i) => [...images.subarray(i * length, (i + 1) * length)],
  );
}

const bbn: Sampler = (labels, options) => bbnSampler(labels, { total: 99, ...options });
const stages: Record<string, Stage> = {
  "augmented images": base,
  "another sampler": { ...base, sampler: bbn },
  "three views": { ...base, loss: Object.assign(crossEntropy(), { views: 3 }) },
  CutMix: { ...base, mixing: always(cutMixBatches()) },
  CMO: { ...base, mixing: always(cmoBatches()) },
};
for (const [name, stage] of Object.entries(stages)) {
  Deno.test(`the parts of 2, 3 and 4 processes are the batch of one: ${name}`, async () => {
    const { views = 1 } = stage.loss;
    const whole = await second(stage);
    for (const processes of [2, 3, 4]) {
      const parts = await Promise.all(partsOf(BATCH, processes).map((part) => second(stage, part)));
      const joined = Array.from(
        { length: views },
        (_, view) => parts.flatMap((part) => viewsOf(part, views)[view]),
      );
      assertEquals(joined, viewsOf(whole, views));
      for (const { labels, mixed, position } of parts) {
        assertEquals({ labels, mixed, position }, {
          labels: whole.labels,
          mixed: whole.mixed,
          position: whole.position,
        });
      }
    }
  });
}
