import { assertEquals, assertRejects } from "@std/assert";
import { CheckpointError, DataError, UsageError } from "../../lib/core/errors.ts";
import { builtin, classCounts, type ImageDataset, subset } from "../../lib/data/mod.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { resnetCifar } from "../../lib/nn/mod.ts";
import { evaluate } from "../../lib/inference/evaluate.ts";
import { evaluateRun } from "../../lib/runs/evaluate_run.ts";
import { openRun } from "../../lib/runs/open_run.ts";
import { openRunFolder } from "../../lib/runs/run_folder.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../in_folder.ts";

const data = builtin({ max: 20, imbalance: 10, testImages: 2 });
const network = resnetCifar({ depth: 8, width: 0.25, classes: 10 });

Deno.test("openRun() opens a run of a custom network, and evaluateRun() evaluates it", () =>
  inFolder(async (out) => {
    const trained = await train({
      data,
      network,
      loss: crossEntropy(),
      batch: 4,
      iterations: 2,
      out,
    });
    const before = tf.memory().numTensors;
    const run = await openRun(out, { data, network });
    assertEquals([run.recipe, run.step, run.counts.length], ["custom", 2, 10]);
    const { all } = await evaluate(run, run.data.test, { counts: run.counts });
    assertEquals(all, trained.all);
    run.dispose();
    assertEquals((await evaluateRun(out, { data, network })).all, trained.all);
    assertEquals(tf.memory().numTensors, before);
    await assertRejects(() => openRun(out), UsageError, "Expected a recipe to open");
    await assertRejects(
      () => openRun(out, { recipe: "builtin/ce" }),
      CheckpointError,
      "to fit the network",
    );
    assertEquals(tf.memory().numTensors, before);
  }));

Deno.test("openRun() throws on a missing folder and on one without a checkpoint", () =>
  inFolder(async (folder) => {
    await assertRejects(() => openRun(`${folder}/x`), CheckpointError, "but found no");
    await assertRejects(() => openRun(folder), CheckpointError, "found none: train it first");
  }));

/** Trains a run of one step. */
async function trainIn(out: string): Promise<void> {
  await train({ data, network, loss: crossEntropy(), batch: 4, iterations: 1, out });
}

Deno.test("openRun() labels data by the run's classes and throws on others", () =>
  inFolder(async (out) => {
    await trainIn(out);
    const named = (classNames: readonly string[]) => ({
      train: { ...data.train, classNames },
      test: { ...data.test, classNames },
    });
    const before = tf.memory().numTensors;
    const own = data.train.classNames;
    const names = own.toSpliced(3, 1, "cat");
    await assertRejects(
      () => openRun(out, { network, data: named(names) }),
      DataError,
      `found "cat", and none of ${own[3]}: name classes as the run in ${out} does`,
    );
    // Labels by position would be shifted by the missing class.
    const rest = [0, 1, 2, 4, 5, 6, 7, 8, 9];
    const without = (set: ImageDataset) => {
      const kept = [...set.labels.keys()].filter((image) => set.labels[image] !== 3);
      const { labels, ...images } = subset(set, kept);
      const renumbered = labels.map((label) => rest.indexOf(label));
      return { ...images, labels: renumbered, classNames: rest.map((label) => own[label]) };
    };
    const fewer = { train: without(data.train), test: without(data.test) };
    const run = await openRun(out, { network, data: fewer });
    assertEquals(run.data.test.labels, data.test.labels.filter((label) => label !== 3));
    assertEquals([run.data.test.classNames, run.counts], [own, classCounts(data.train)]);
    const whole = await evaluateRun(out, { network, data });
    const { perClass, testImages } = await evaluateRun(out, { network, data: fewer });
    assertEquals(perClass, whole.perClass.with(3, null));
    assertEquals(testImages, classCounts(data.test).with(3, 0));
    run.dispose();

    // Runs of earlier versions name their classes only in the summary, and record only counts when stopped.
    const file = `${out}/config.json`;
    const config = JSON.parse(await Deno.readTextFile(file));
    await Deno.writeTextFile(file, JSON.stringify({ ...config, classNames: undefined }));
    assertEquals((await evaluateRun(out, { network, data: fewer })).perClass, perClass);
    await Deno.remove(`${out}/summary.json`);
    await assertRejects(
      () => openRun(out, { network, data: fewer }),
      DataError,
      "Expected the 10 classes of the run in",
    );
    (await openRun(out, { network, data: named(names) })).dispose();
    assertEquals(tf.memory().numTensors, before);
  }));

Deno.test("openRunFolder() does not resume a run whose classes have other names", () =>
  inFolder(async (folder) => {
    const config = { training: { seed: 0 }, versions: {}, engine: {}, classNames: ["a", "b"] };
    const resume = { resume: true, keep: 1 };
    const open = async () => (await openRunFolder(folder, config, resume))[Symbol.asyncDispose]();
    await open();
    await Deno.writeTextFile(`${folder}/checkpoint-1.safetensors`, "");
    await open();
    await assertRejects(
      () => openRunFolder(folder, { ...config, classNames: ["b", "a"] }, resume),
      UsageError,
      "Expected classNames",
    );
    await Deno.writeTextFile(
      `${folder}/config.json`,
      JSON.stringify({ ...config, classNames: undefined }),
    );
    await open();
  }));

Deno.test("openRun() names the version of a run that it cannot open", () =>
  inFolder(async (out) => {
    await trainIn(out);
    const file = `${out}/config.json`;
    const config = JSON.parse(await Deno.readTextFile(file));
    config.versions.toolkit = "0.0.1";
    await Deno.writeTextFile(file, JSON.stringify(config));
    // A different version alone is not reported.
    (await openRun(out, { data, network })).dispose();
    await assertRejects(
      () => openRun(out, { recipe: "builtin/ce" }),
      CheckpointError,
      "The run is of version 0.0.1, this is",
    );
    config.training = undefined;
    await Deno.writeTextFile(file, JSON.stringify(config));
    await assertRejects(() => openRun(out), UsageError, "to be the config.json of a run but found");
  }));
