/**
 * train(): custom parts, divergence, memory, stopping.
 *
 * @module
 */
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { CheckpointError, DataError, DivergedError } from "../../lib/core/errors.ts";
import { flatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { crossEntropy, type Loss } from "../../lib/losses/mod.ts";
import { nbn } from "../../lib/nn/nbn.ts";
import { resnetCifar } from "../../lib/nn/resnet_cifar.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import type { TrainEvent } from "../../lib/loop/progress.ts";
import { train } from "../../lib/train/train.ts";
import { testOnBackends } from "../backends.ts";
import { inFolder } from "../cli/task.ts";
import { smallImages } from "./small_images.ts";

const data = smallImages({ side: 8, max: 20, imbalance: 10 });
const network = resnetCifar({ depth: 8, width: 0.25, classes: 10, norm: nbn() });
const own: TrainOptions = { data, network, loss: crossEntropy(), batch: 4, iterations: 6 };

testOnBackends(
  "train() trains custom parts and leaks no tensors",
  async (backend) => {
    const tensors: number[] = [];
    const result = await train({
      ...own,
      onProgress: (event) => event.kind === "step" && tensors.push(tf.memory().numTensors),
    });
    assertEquals([result.recipe, result.iterations, result.out], ["custom", 6, null]);
    assert(Number.isFinite(result.loss) && result.all !== null, backend);
    assertEquals(
      tensors.slice(2),
      tensors.slice(2).fill(tensors[2]),
      "tensors grew with the steps",
    );
  },
);

Deno.test("train() is deterministic by seed", async () => {
  const [one, same, other] = [await train(own), await train(own), await train({ ...own, seed: 1 })];
  assertEquals([one.loss, one.perClass], [same.loss, same.perClass]);
  assert(one.loss !== other.loss);
});

Deno.test("train() stops at a NaN loss, names the step and keeps the last good checkpoint", () =>
  inFolder(async (out) => {
    const plain = crossEntropy();
    const spoiled: Loss = Object.assign(
      (...[logits, labels, context]: Parameters<Loss>) => {
        const loss = plain(logits, labels);
        return context!.progress >= 0.5 ? loss.mul(NaN) as tf.Scalar : loss;
      },
      { phases: [0.5] },
    );
    await assertRejects(
      () => train({ ...own, iterations: 8, loss: spoiled, out, checkpointEvery: 1, keep: 10 }),
      DivergedError,
      "step 5",
    );
    const checkpoints = [...Deno.readDirSync(out)].map(({ name }) => name)
      .filter((name) => name.startsWith("checkpoint")).sort();
    assertEquals(checkpoints, [1, 2, 3, 4].map((step) => `checkpoint-${step}.safetensors`));
    const { params } = await loadCheckpoint(`${out}/checkpoint-4.safetensors`);
    for (const [, tensor] of flatten(params)) assert(tensor.dataSync().every(Number.isFinite));
  }));

Deno.test("train() resumes from a checkpoint bit for bit", () =>
  inFolder(async (folder) => {
    const whole = await train({ ...own, out: `${folder}/whole` });
    const controller = new AbortController();
    const onProgress = ({ kind, ...event }: TrainEvent) => {
      if (kind === "step" && "step" in event && event.step === 3) controller.abort();
    };
    const part = { ...own, evaluateEvery: 6, out: `${folder}/part` };
    const stopped = await train({ ...part, onProgress, signal: controller.signal });
    assert(stopped.iterations < 6 && stopped.all === null);
    const resumed = await train({ ...part, resume: true });
    assertEquals([resumed.loss, resumed.perClass], [whole.loss, whole.perClass]);
    const [a, b] = await Promise.all(
      ["whole", "part"].map((run) => loadCheckpoint(`${folder}/${run}/checkpoint-6.safetensors`)),
    );
    flatten(a.params).forEach(([path, tensor], i) => {
      assertEquals(flatten(b.params)[i][1].dataSync(), tensor.dataSync(), path);
    });
  }));

Deno.test("train() skips a checkpoint damaged by a crash", () =>
  inFolder(async (out) => {
    await train({ ...own, out, checkpointEvery: 3 });
    const last = `${out}/checkpoint-6.safetensors`;
    await Deno.writeFile(last, (await Deno.readFile(last)).subarray(0, 999));
    const steps: number[] = [];
    await train({
      ...own,
      out,
      resume: true,
      onProgress: (event) => event.kind === "start" && steps.push(event.step),
    });
    assertEquals(steps, [3]);
  }));

Deno.test("train() throws on invalid data", async () => {
  const { train: images, test } = data;
  const emptied = { ...images, labels: images.labels.map((label) => label === 9 ? 8 : label) };
  await assertRejects(
    () => train({ ...own, data: { train: emptied, test } }),
    DataError,
    images.classNames[9],
  );
  const wrong = { ...images, labels: images.labels.map((label) => label === 9 ? 10 : label) };
  await assertRejects(() => train({ ...own, data: { train: wrong, test } }), DataError, "10");
  const others = { ...test, classNames: ["other", ...test.classNames.slice(1)] };
  await assertRejects(
    () => train({ ...own, data: { train: images, test: others } }),
    DataError,
    "other",
  );
});

Deno.test("train() throws on missing options and numbers out of range", async () => {
  await assertRejects(() => train({ data }), TypeError, "recipe");
  for (const [name, value] of Object.entries({ iterations: 0, batch: 1.5, checkpointEvery: -1 })) {
    await assertRejects(() => train({ ...own, [name]: value }), RangeError, name);
  }
});

Deno.test("train() throws with the name of a file that it cannot write", async () => {
  const error = await assertRejects(
    () => train({ ...own, out: "/dev/null/run" }),
    CheckpointError,
  );
  assertStringIncludes(error.message, "/dev/null/run");
});
