/**
 * A training whose surroundings change: its folder is removed, or the clock is set.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { CheckpointError } from "../../lib/core/errors.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { readSafetensors } from "../../lib/safetensors/read.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../in_folder.ts";
import { SMALL_TRAINING } from "./small_training.ts";

await engine();
const options: TrainOptions = {
  ...SMALL_TRAINING,
  iterations: 4,
  checkpointEvery: 2,
  keep: 9,
};

Deno.test("a training whose folder is removed ends in one line that names it", () =>
  inFolder(async (folder) => {
    const out = `${folder}/run`, tensors = tf.memory().numTensors;
    const { message } = await assertRejects(
      () =>
        train({
          ...options,
          out,
          onProgress: ({ kind }) =>
            kind === "checkpoint" && Deno.removeSync(out, { recursive: true }),
        }),
      CheckpointError,
      `${out}/`,
    );
    assertEquals(message.includes("\n"), false);
    assertEquals(tf.memory().numTensors, tensors);
  }));

Deno.test("a clock that jumps changes nothing", () =>
  inFolder(async (folder) => {
    const tensorsOf = async (run: string) =>
      readSafetensors(await Deno.readFile(`${folder}/${run}/checkpoint-4.safetensors`)).tensors;
    await train({ ...options, out: `${folder}/steady` });
    const { now } = Date, controller = new AbortController();
    let day = 0;
    // A day back and forth at each look.
    Date.now = () => now() + 86_400_000 * (day = -day || 1);
    try {
      await train({
        ...options,
        out: `${folder}/jumping`,
        signal: controller.signal,
        onProgress: (event) => event.kind === "step" && event.step === 2 && controller.abort(),
      });
      await train({ ...options, out: `${folder}/jumping`, resume: true });
    } finally {
      Date.now = now;
    }
    assertEquals(await tensorsOf("jumping"), await tensorsOf("steady"));
    const log = (run: string) => Deno.readTextFileSync(`${folder}/${run}/metrics.csv`);
    assertEquals(log("jumping"), log("steady"));
  }));
