/**
 * Batches: independent of the number of threads, resumable, with errors passed to the caller.
 *
 * @module
 */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DataError } from "../../../lib/core/errors.ts";
import type { Augmentation } from "../../../lib/data/augment/mod.ts";
import { type Batch, batches, orderedBatches } from "../../../lib/data/batches/mod.ts";
import { builtin } from "../../../lib/data/builtin/mod.ts";
import { pathTable } from "../../../lib/data/paths.ts";
import type { ImageDataset } from "../../../lib/data/dataset.ts";
import { instanceBalancedSampler } from "../../../lib/samplers/instance_balanced.ts";

const { train, test } = builtin({ max: 30, imbalance: 10, testImages: 3 });
const AUGMENT: Augmentation[] = [
  { name: "crop" },
  { name: "flip" },
  { name: "autoaugment" },
  { name: "cutout" },
];

async function take(
  count: number,
  options: { workers: number; position?: number; seed?: number },
): Promise<Batch[]> {
  const { workers, position = 0, seed = 0 } = options;
  const stream = instanceBalancedSampler(train.labels, { seed, position });
  const found: Batch[] = [];
  for await (const batch of batches(train, stream, { batch: 7, augment: AUGMENT, seed, workers })) {
    if (found.push(batch) === count) break;
  }
  return found;
}

Deno.test("batches do not depend on the number of threads", async () => {
  const alone = await take(6, { workers: 0 });
  for (const workers of [1, 2, 3]) assertEquals(await take(6, { workers }), alone);
});

Deno.test("batches differ with the seed", async () => {
  const [one] = await take(1, { workers: 0 }), [other] = await take(1, { workers: 0, seed: 1 });
  assert(one.images.some((value, i) => value !== other.images[i]));
});

Deno.test("batches resume from a position as if uninterrupted", async () => {
  const whole = await take(5, { workers: 1 });
  const rest = await take(3, { workers: 2, position: whole[1].position });
  assertEquals(rest, whole.slice(2));
});

Deno.test("batches have the labels of their images", async () => {
  const [{ images, labels, indices }] = await take(1, { workers: 0 });
  assertEquals([...labels], [...indices].map((index) => train.labels[index]));
  assertEquals(images.length, 7 * 32 * 32 * 3);
});

Deno.test("batches without augmentation are the normalised pixels", async () => {
  const stream = instanceBalancedSampler(train.labels, { seed: 0 });
  for await (
    const { images, indices } of batches(train, stream, { batch: 2, seed: 0, workers: 1 })
  ) {
    assert(train.images.kind === "pixels");
    const pixel = train.images.pixels[indices[1] * 3072 + 100];
    const expected = (pixel / 255 - train.mean[100 % 3]) / train.std[100 % 3];
    assert(Math.abs(images[3072 + 100] - expected) < 1e-5);
    break;
  }
});

for (const workers of [0, 2]) {
  Deno.test(`batches throw on an unreadable file, with ${workers} threads`, async () => {
    const dataset: ImageDataset = {
      ...train,
      images: { kind: "files", paths: pathTable(["missing.png"]), fit: "stretch" },
    };
    const stream = instanceBalancedSampler([0], { seed: 0 });
    const prepared = batches(dataset, stream, { batch: 1, seed: 0, workers });
    await assertRejects(
      () => prepared[Symbol.asyncIterator]().next(),
      DataError,
      "missing.png",
    );
    await prepared.close();
  });
}

Deno.test("batches throw on numbers out of range", () => {
  const stream = instanceBalancedSampler(train.labels, { seed: 0 });
  for (
    const options of [{ batch: 0 }, { batch: 1.5 }, { batch: 1, workers: -1 }, {
      batch: 1,
      workers: 257,
    }]
  ) {
    assertThrows(() => batches(train, stream, { seed: 0, ...options }), RangeError, "but found");
  }
  assertThrows(
    () =>
      batches(train, stream, { batch: 1, seed: 0, augment: [{ name: "flip", probability: 2 }] }),
    RangeError,
    "probability",
  );
});

Deno.test("batches throw on a crop that changes the size", async () => {
  const stream = instanceBalancedSampler(train.labels, { seed: 0 });
  const augment: Augmentation[] = [{ name: "crop", size: [16, 16] }];
  const prepared = batches(train, stream, { batch: 1, seed: 0, augment, workers: 1 });
  await assertRejects(() => prepared[Symbol.asyncIterator]().next(), RangeError, "32 × 32");
  await prepared.close();
});

Deno.test("orderedBatches() yields every image once, in order", async () => {
  const seen: number[] = [], sizes: number[] = [];
  for await (const { indices, images, labels } of orderedBatches(test, { batch: 8 })) {
    seen.push(...indices);
    sizes.push(labels.length);
    assertEquals(images.length, labels.length * 3072);
  }
  assertEquals(seen, Array.from({ length: 30 }, (_, i) => i));
  assertEquals(sizes, [8, 8, 8, 6]);
});
