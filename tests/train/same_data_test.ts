/**
 * Resuming on the same images in another place, and on changed ones.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { loadCheckpoint, saveCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { freeTrees } from "../../lib/checkpoints/trees.ts";
import { repeatRun } from "../../lib/cli/train/repeat/repeat.ts";
import { UsageError } from "../../lib/core/errors.ts";
import type { ImageDataset, Split } from "../../lib/data/dataset.ts";
import { writePacked } from "../../lib/data/packed.ts";
import { engine } from "../../lib/engine/engine.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import { collectSweep } from "../../lib/train/collect_sweep.ts";
import { sweep } from "../../lib/train/sweep.ts";
import { train } from "../../lib/train/train.ts";
import { trainingDigest } from "../../lib/train/training_digest.ts";
import { inFolder } from "../in_folder.ts";
import { smallImages } from "./small_images.ts";
import { SMALL_TRAINING } from "./small_training.ts";

await engine();
const options = { ...SMALL_TRAINING, workers: 0, schedule: "constant" } satisfies TrainOptions;

/** The data with one changed pixel. */
function changedPixel({ train, test }: Split): Split {
  const { images } = train;
  if (images.kind !== "pixels") throw new TypeError("Expected pixels");
  const pixels = images.pixels.slice();
  pixels[7] ^= 1;
  return { train: { ...train, images: { ...images, pixels } }, test };
}

const renamed = (set: ImageDataset) => ({ ...set, name: `renamed ${set.name}` });

Deno.test("a run resumes on the same images under another name, and refuses a flipped bit", () =>
  inFolder(async (out) => {
    const { data } = options;
    await train({ ...options, iterations: 2, out });
    const other = { train: renamed(data.train), test: renamed(data.test) };
    const { iterations } = await train({
      ...options,
      data: other,
      iterations: 3,
      out,
      resume: true,
    });
    assertEquals(iterations, 3);
    await assertRejects(
      () => train({ ...options, data: changedPixel(data), iterations: 3, out, resume: true }),
      UsageError,
      "Expected the training set to have the SHA-256",
    );
  }));

Deno.test("a run of an earlier version, which records no content, resumes and is lengthened", () =>
  inFolder(async (out) => {
    await train({ ...options, iterations: 2, out });
    const config = JSON.parse(await Deno.readTextFile(`${out}/config.json`));
    const { content: _, ...data } = config.training.data;
    config.training.data = { ...data, sha256: "5" };
    await Deno.writeTextFile(`${out}/config.json`, JSON.stringify(config));
    const file = `${out}/checkpoint-2.safetensors`, found = await loadCheckpoint(file);
    await saveCheckpoint(file, { ...found, training: trainingDigest(config.training) });
    freeTrees(found);
    for (const iterations of [3, 4]) {
      const result = await train({ ...options, iterations, out, resume: true });
      assertEquals(result.iterations, iterations);
    }
  }));

Deno.test("runs on a folder that has been moved are resumed, repeated and collected", () =>
  inFolder(async (folder) => {
    const from = `${folder}/images`, to = `${folder}/moved`, out = `${folder}/runs`;
    await Deno.mkdir(from);
    for (const [name, set] of Object.entries(smallImages({ side: 8, max: 8, imbalance: 4 }))) {
      await writePacked(`${from}/${name}.pack`, set);
    }
    const own = {
      architecture: "resnet8",
      width: 0.25,
      batch: 4,
      iterations: 1,
      workers: 0,
    } as const;
    const recipe = "images/ce", settings = { ...own, recipes: [recipe], out };
    await sweep({ ...settings, seeds: [0], data: { folder: from } });
    await Deno.rename(from, to);
    const data = { folder: to };
    const { results } = await sweep({ ...settings, seeds: [0, 1], data, resume: true });
    assertEquals(results.length, 2);
    assertEquals((await collectSweep({ out })).results.length, 2);
    const [{ out: run }] = results;
    const again = await repeatRun(run!, `${folder}/again`, { ...own, recipe, data });
    assertEquals([again?.steps, again?.first, again?.different], [1, undefined, 0]);
  }));
