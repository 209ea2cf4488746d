import { assertEquals } from "@std/assert";
import { builtin } from "../../lib/data/builtin/mod.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import type { TensorflowBackend } from "../../lib/engine/tensorflow/backend.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { nbn } from "../../lib/nn/nbn.ts";
import { resnetCifar } from "../../lib/nn/resnet_cifar.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../in_folder.ts";
import { currentBackend } from "../../lib/engine/tensorflow/current_backend.ts";

const native = (await engine()).backend === "tensorflow";
const own: TrainOptions = {
  data: builtin({ max: 20, imbalance: 10, testImages: 1 }),
  network: resnetCifar({ depth: 8, width: 0.25, classes: 10, norm: nbn() }),
  loss: crossEntropy(),
  batch: 4,
  iterations: 30,
  evaluateEvery: 30,
};

/** Counts the tensors of TensorFlow.js and of TensorFlow. */
function alive(): number[] {
  const { numTensors, numDataBuffers } = tf.memory();
  const { binding } = currentBackend() as Partial<TensorflowBackend>;
  return [numTensors, numDataBuffers, binding?.getNumOfTensors() ?? 0];
}

/** Begins or resumes, and stops at a step, or at the end. */
async function trainTo(out: string, last = Infinity): Promise<void> {
  const controller = new AbortController();
  await train({
    ...own,
    out,
    resume: true,
    signal: controller.signal,
    // A step is reported while the next one runs.
    onProgress: (event) => event.kind === "step" && event.step >= last - 1 && controller.abort(),
  });
}

/** Counts the points of a curve in the event files. */
async function points(folder: string, tag: string): Promise<{ files: number; points: number }> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const names = entries.map(({ name }) => name).filter((name) => name.startsWith("events."));
  const texts = await Promise.all(
    names.map(async (name) =>
      new TextDecoder("latin1").decode(await Deno.readFile(`${folder}/${name}`))
    ),
  );
  // A tag is preceded by its field number and length, and followed by the next field's number.
  const field = `\x0a${String.fromCharCode(tag.length)}${tag}`;
  return { files: names.length, points: texts.join("").split(field).length - 1 };
}

Deno.test("train() with a run folder leaks no tensors, at first and when resumed", () =>
  inFolder(async (folder) => {
    await train({ ...own, iterations: 1 }); // tensors the engine keeps permanently
    const before = alive();
    await trainTo(`${folder}/run`, 15);
    assertEquals(alive(), before);
    await trainTo(`${folder}/run`);
    assertEquals(alive(), before);
  }));

Deno.test({
  name:
    "train() writes TensorBoard events for every tenth step and every evaluation, also when resumed" +
    (native ? "" : " (skipped: needs TensorFlow)"),
  ignore: !native,
  fn: () =>
    inFolder(async (folder) => {
      await trainTo(folder, 15);
      assertEquals(await points(folder, "loss"), { files: 1, points: 1 });
      await trainTo(folder);
      assertEquals(await points(folder, "loss"), { files: 2, points: 3 });
      assertEquals(await points(folder, "all"), { files: 2, points: 1 });
      assertEquals(await points(folder, "magnitude/nbn/magnitude"), { files: 2, points: 3 });
    }),
});
