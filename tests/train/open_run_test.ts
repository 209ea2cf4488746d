import { assertEquals, assertRejects } from "@std/assert";
import { CheckpointError, UsageError } from "../../lib/core/errors.ts";
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
