import { assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { builtin } from "../../lib/data/mod.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { nbn, type NbnOptions, resnetCifar } from "../../lib/nn/mod.ts";
import { trainedRun, type TrainedRunOptions } from "../../lib/notebooks/mod.ts";
import { classBalancedSampler } from "../../lib/samplers/mod.ts";
import { inFolder } from "../in_folder.ts";

const small = { max: 20, imbalance: 10, testImages: 1 };
const options = { recipe: "builtin/ce", iterations: 1, batch: 4, data: builtin(small) };
const network = (options: NbnOptions) =>
  resnetCifar({ depth: 8, width: 0.25, classes: 10, norm: nbn(options) });

/** Trains or opens a run, and returns its path. */
async function folderOf(runs: string, changed: Partial<TrainedRunOptions> = {}): Promise<string> {
  const run = await trainedRun("a run", { ...options, runs, ...changed });
  run.dispose();
  return run.folder;
}

Deno.test("trainedRun() opens a run of equal settings, and opening leaks no tensors", () =>
  inFolder(async (runs) => {
    const folder = await folderOf(runs);
    const before = tf.memory().numTensors;
    const { mtime } = await Deno.stat(`${folder}/summary.json`);
    assertEquals(await folderOf(runs, { data: builtin(small) }), folder);
    assertEquals((await Deno.stat(`${folder}/summary.json`)).mtime, mtime);
    assertEquals(tf.memory().numTensors, before);
  }));

Deno.test("trainedRun() trains again when recipe, batch, images, network, sampler or seed differ", () =>
  inFolder(async (runs) => {
    const changes: Partial<TrainedRunOptions>[] = [
      {},
      { recipe: "builtin/focal" },
      { batch: 5 },
      { data: builtin({ ...small, seed: 1 }) }, // of the same counts and name
      { network: network({}) },
      { network: network({ share: "none" }) }, // of the same name, with other parameters
      { network: network({ placement: "C" }) }, // with the same parameters
      { sampler: classBalancedSampler },
      { seed: 1 },
    ];
    const folders = [];
    for (const changed of changes) folders.push(await folderOf(runs, changed));
    assertEquals(new Set(folders).size, changes.length);
    assertEquals([...Deno.readDirSync(runs)].length, changes.length);
  }));

Deno.test("trainedRun() throws when a finished run was replaced by another", () =>
  inFolder(async (runs) => {
    const folder = await folderOf(runs);
    const file = `${folder}/config.json`;
    const config = JSON.parse(await Deno.readTextFile(file));
    config.training.batch = 8;
    await Deno.writeTextFile(file, JSON.stringify(config));
    await assertRejects(
      () => folderOf(runs),
      UsageError,
      "Expected batch to be 8, as in the run that",
    );
  }));
