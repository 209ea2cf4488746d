/**
 * Repeating a run and comparing: equal bit for bit, or what differs first and by how much.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { loadCheckpoint, saveCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { freeTrees } from "../../lib/checkpoints/trees.ts";
import { comparisonLines, repeatRun } from "../../lib/cli/train/repeat/repeat.ts";
import { CheckpointError, UsageError } from "../../lib/core/errors.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import { train } from "../../lib/train/train.ts";
import { longTest } from "../long.ts";
import { SMALL_TRAINING } from "../train/small_training.ts";
import { assertRefuses, inFolder, task } from "./task.ts";

const options: TrainOptions = {
  ...SMALL_TRAINING,
  iterations: 4,
  evaluateEvery: 2,
};

Deno.test("repeatRun() finds a run equal bit for bit, and a changed one different", () =>
  inFolder(async (folder) => {
    const run = `${folder}/run`, tensors = tf.memory().numTensors;
    await train({ ...options, out: run });
    const same = await repeatRun(run, `${folder}/same`, options);
    assertEquals(comparisonLines(same!), [
      "equal bit for bit: 4 steps of metrics.csv and 8 tensors of the checkpoint",
    ]);
    const log = await Deno.readTextFile(`${run}/metrics.csv`);
    await Deno.writeTextFile(`${run}/metrics.csv`, log.replace(/^3,1,[^,]*/m, "3,1,7"));
    const file = `${run}/checkpoint-4.safetensors`, found = await loadCheckpoint(file);
    const { head } = found.params as { head: { bias: tf.Tensor } };
    const bias = tf.tidy(() => head.bias.add(tf.oneHot(tf.scalar(3, "int32"), 10)));
    head.bias.dispose();
    head.bias = bias;
    await saveCheckpoint(file, found);
    freeTrees(found);
    const other = await repeatRun(run, `${folder}/other`, options);
    const { first, largest, different } = other!;
    assertEquals([first?.step, first?.where, first?.before], [3, "loss of step 3", 7]);
    assertEquals([largest?.where, different], ["params/head/bias", 1]);
    assertEquals(Math.round(1000 * (largest!.before - largest!.after)), 1000);
    assertEquals(tf.memory().numTensors, tensors);
  }));

Deno.test("repeatRun() repeats a run that was stopped up to its checkpoint", () =>
  inFolder(async (folder) => {
    const run = `${folder}/run`, controller = new AbortController(), { signal } = controller;
    const onProgress = ({ kind }: { kind: string }) => kind === "evaluation" && controller.abort();
    await train({ ...options, iterations: 40, out: run, signal, onProgress });
    const found = await repeatRun(run, `${folder}/other`, { ...options, iterations: 40 });
    assertEquals([found?.steps, found?.first, found?.different], [2, undefined, 0]);
  }));

Deno.test("repeatRun() refuses a folder without a run, and other settings", () =>
  inFolder(async (folder) => {
    const run = `${folder}/run`;
    await assertRejects(
      () => repeatRun(run, `${folder}/a`, options),
      CheckpointError,
      "but found none",
    );
    await train({ ...options, out: run });
    await assertRejects(
      () => repeatRun(run, `${folder}/b`, { ...options, batch: 5 }),
      UsageError,
      "Expected batch to be 4",
    );
    await assertRefuses("train", ["--repeat", run], "repeat it in that script");
    await assertRefuses("train", ["--repeat", run, "--recipe", "builtin/ce"], "no --recipe");
  }));

longTest("train --repeat repeats a run from its folder", () =>
  inFolder(async (folder) => {
    const args = ["--recipe", "builtin/ce+nbn+lr", "--iterations", "6", "--batch", "8"];
    assertEquals((await task("train", ...args, "--out", `${folder}/run`)).code, 0);
    const { code, stdout, stderr } = await task("train", "--repeat", `${folder}/run`);
    assertEquals([code, stdout.startsWith("equal bit for bit: 6 steps")], [0, true], stderr);
  }));
