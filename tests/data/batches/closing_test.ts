import { assertEquals } from "@std/assert";
import { instanceBalanced } from "../../../lib/samplers/mod.ts";
import { batches, imageFolder } from "../../../lib/data/mod.ts";
import { inFolder } from "../../in_folder.ts";
import { writePictures } from "../pictures.ts";

Deno.test("close() of batches waits for threads that are decoding, also in the middle of their first image", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    const dataset = await imageFolder(`${folder}/train`, { size: 16 });
    for (let round = 0; round < 6; round++) {
      const stream = instanceBalanced(dataset.labels, { seed: round });
      const prepared = batches(dataset, stream, { batch: 64, seed: 0, workers: 2 });
      const coming = prepared[Symbol.asyncIterator]();
      const first = coming.next();
      // PNG and WebP are decoded by WebAssembly, which a thread compiles when it meets the first.
      if (round % 2 === 1) await first;
      await prepared.close();
      assertEquals((await coming.next()).done, true);
    }
  }));
