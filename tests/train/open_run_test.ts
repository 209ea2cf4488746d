import { assertEquals, assertRejects } from "@std/assert";
import { CheckpointError, DataError, UsageError } from "../../lib/core/errors.ts";
import { builtin } from "../../lib/data/mod.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { resnetCifar } from "../../lib/nn/mod.ts";
import { evaluate } from "../../lib/train/evaluate.ts";
import { evaluateRun } from "../../lib/train/evaluate_run.ts";
import { openRun } from "../../lib/train/open_run.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../in_folder.ts";

const data = builtin({ max: 20, imbalance: 10, testImages: 2 });
const network = resnetCifar({ depth: 8, width: 0.25, classes: 10 });

Deno.test("openRun() opens a run of one's own network, and evaluateRun() evaluates it", () =>
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

Deno.test("openRun() refuses a folder without a checkpoint, and none", () =>
  inFolder(async (folder) => {
    await assertRejects(() => openRun(`${folder}/x`), CheckpointError, "but found no");
    await assertRejects(() => openRun(folder), CheckpointError, "found none: train it first");
  }));

/** A run of one step. */
async function trainIn(out: string): Promise<void> {
  await train({ data, network, loss: crossEntropy(), batch: 4, iterations: 1, out });
}

Deno.test("openRun() refuses data with other classes than the run's", () =>
  inFolder(async (out) => {
    await trainIn(out);
    const named = (classNames: string[]) => ({
      train: { ...data.train, classNames },
      test: { ...data.test, classNames },
    });
    const before = tf.memory().numTensors;
    const names = data.train.classNames.toSpliced(3, 1, "cat");
    await assertRejects(
      () => openRun(out, { network, data: named(names) }),
      DataError,
      `of which number 3 is "${data.train.classNames[3]}", but found "cat" in builtin: name`,
    );
    const fewer = named(names.slice(0, 3));
    await assertRejects(
      () => openRun(out, { network, data: fewer }),
      DataError,
      "Expected the 10 classes of the run in",
    );
    // A run that was stopped has no summary; its settings still count the classes.
    await Deno.remove(`${out}/summary.json`);
    await assertRejects(() => openRun(out, { network, data: fewer }), DataError, "but found 3");
    (await openRun(out, { network, data: named(names) })).dispose();
    assertEquals(tf.memory().numTensors, before);
  }));

Deno.test("openRun() tells of the version of a run that it cannot open", () =>
  inFolder(async (out) => {
    await trainIn(out);
    const file = `${out}/config.json`;
    const config = JSON.parse(await Deno.readTextFile(file));
    config.versions.toolkit = "0.0.1";
    await Deno.writeTextFile(file, JSON.stringify(config));
    // Another version alone is no reason.
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
