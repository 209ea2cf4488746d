/**
 * Batches and checks of real JPEG files of several sizes, from disk on several threads.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../../lib/core/errors.ts";
import type { Augmentation } from "../../../lib/data/augment/mod.ts";
import { type Batch, batches, orderedBatches } from "../../../lib/data/batches/mod.ts";
import { decodeImage } from "../../../lib/data/decode.ts";
import { imageList } from "../../../lib/data/image_list.ts";
import { Canvas } from "../../../lib/data/augment/canvas.ts";
import { fitTo } from "../../../lib/data/augment/fit.ts";
import { withoutDamaged } from "../../../lib/data/without_damaged.ts";
import { instanceBalancedSampler } from "../../../lib/samplers/instance_balanced.ts";
import { inFolder } from "../../in_folder.ts";
import { writeJpegList } from "../jpeg_list.ts";

const AUGMENT: Augmentation[] = [
  { name: "random-resized-crop" },
  { name: "flip" },
  { name: "color-jitter" },
];

Deno.test("batches from disk do not depend on the number of threads and are fully shuffled", () =>
  inFolder(async (folder) => {
    const { list } = await writeJpegList(folder, { images: 240 });
    const dataset = await imageList(list, { size: 24 });
    const take = async (workers: number, position = 0, count = 4): Promise<Batch[]> => {
      const stream = instanceBalancedSampler(dataset.labels, { seed: 1, position });
      const found: Batch[] = [];
      for await (
        const batch of batches(dataset, stream, { batch: 60, augment: AUGMENT, seed: 1, workers })
      ) {
        if (found.push(batch) === count) break;
      }
      return found;
    };
    const alone = await take(0);
    for (const workers of [1, 3]) assertEquals(await take(workers), alone);
    assertEquals(await take(2, alone[1].position, 2), alone.slice(2));
    // An epoch contains every image once, and a batch draws from the whole list.
    const epoch = alone.flatMap(({ indices }) => [...indices]);
    assertEquals([...epoch].sort((a, b) => a - b), Array.from({ length: 240 }, (_, i) => i));
    for (const { indices } of alone) {
      assert(indices.some((index) => index < 80) && indices.some((index) => index >= 160));
    }
  }));

Deno.test("orderedBatches() crops the centre of images of any size", () =>
  inFolder(async (folder) => {
    const { list, paths } = await writeJpegList(folder, { images: 12 });
    const dataset = await imageList(list, {
      size: 14,
      fit: "centre-crop",
      mean: [0, 0, 0],
      std: [1, 1, 1],
    });
    const found: number[] = [];
    for await (const { images } of orderedBatches(dataset, { batch: 5 })) found.push(...images);
    assertEquals(found.length, 12 * 14 * 14 * 3);
    const canvas = new Canvas();
    for (const [i, path] of paths.entries()) {
      const image = await decodeImage(await Deno.readFile(path), path);
      canvas.load(image.pixels, 0, image.height, image.width, 3);
      fitTo(canvas, "centre-crop", 14, 14);
      const expected = Array.from(
        canvas.pixels.subarray(0, canvas.length),
        (v) => Math.fround(v / 255),
      );
      assertEquals(found.slice(i * 588, (i + 1) * 588), expected);
    }
  }));

Deno.test("batches throw on a damaged file, or skip it with its reason on request", () =>
  inFolder(async (folder) => {
    const { list, paths } = await writeJpegList(folder, { images: 30 });
    const bytes = await Deno.readFile(paths[7]);
    await Deno.writeFile(paths[7], bytes.subarray(0, bytes.length / 2));
    await Deno.remove(paths[21]);
    const dataset = await imageList(list, { size: 16 });
    for (const workers of [0, 2]) {
      const stream = instanceBalancedSampler(dataset.labels, { seed: 0 });
      const prepared = batches(dataset, stream, { batch: 30, seed: 0, workers });
      await assertRejects(() => prepared[Symbol.asyncIterator]().next(), DataError, ".jpg");
      await prepared.close();
      const reported: number[] = [];
      const { dataset: rest, skipped } = await withoutDamaged(dataset, {
        workers,
        onProgress: (done) => reported.push(done),
      });
      assertEquals([rest.labels.length, skipped.length, reported.at(-1)], [28, 2, 30]);
      assert(skipped[0].includes(paths[7]) && skipped[0].includes("truncated"), skipped[0]);
      assert(skipped[1].includes(paths[21]), skipped[1]);
      for await (const { labels } of orderedBatches(rest, { batch: 28 })) {
        assertEquals([...labels], [...dataset.labels].filter((_, i) => i !== 7 && i !== 21));
      }
    }
    for (const [i, path] of paths.entries()) {
      if (dataset.labels[i] === 0) await Deno.writeFile(path, new Uint8Array(3));
    }
    await assertRejects(() => withoutDamaged(dataset), DataError, "none can be read of 0");
  }));
