import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../../lib/core/errors.ts";
import { batches, imageFolder, orderedBatches } from "../../../lib/data/mod.ts";
import { instanceBalancedSampler } from "../../../lib/samplers/mod.ts";
import { inFolder } from "../../in_folder.ts";
import { writePicture } from "../pictures.ts";

/** A folder of PNG files; a thread compiles their WebAssembly decoder at the first one. */
async function pngFiles(folder: string) {
  for (let i = 0; i < 32; i++) {
    await writePicture(`${folder}/class/${String(i).padStart(2, "0")}.png`, [i, 0, 0]);
  }
  return await imageFolder(folder, { size: 16 });
}

Deno.test("batches wait for the thread that compiles a decoder when a file is missing", () =>
  inFolder(async (folder) => {
    const dataset = await pngFiles(folder);
    await Deno.remove(`${folder}/class/00.png`);
    // Half of the batch fails at once while the other half is decoded; Deno used to panic in some rounds.
    for (let round = 0; round < 6; round++) {
      const all = orderedBatches(dataset, { batch: 32 });
      await assertRejects(
        async () => {
          for await (const _ of all);
        },
        DataError,
        "00.png",
      );
      await all.close();
    }
  }));

Deno.test("close() ends the threads of batches that were never awaited", () =>
  inFolder(async (folder) => {
    const dataset = await pngFiles(folder);
    const stream = instanceBalancedSampler(dataset.labels, { seed: 0 });
    const prepared = batches(dataset, stream, { batch: 32, seed: 0, workers: 2 });
    const coming = prepared[Symbol.asyncIterator]();
    coming.next();
    await prepared.close();
    assertEquals((await coming.next()).done, true);
  }));
