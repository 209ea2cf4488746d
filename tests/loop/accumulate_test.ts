/**
 * Steps of several batches.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { disposeTree, flatten, type Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { linear } from "../../lib/nn/linear.ts";
import { network } from "../../lib/nn/network.ts";
import { sequential } from "../../lib/nn/sequential.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { sgd } from "../../lib/optim/mod.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import type { StepState } from "../../lib/loop/step_definition.ts";
import { train } from "../../lib/train/train.ts";
import { type Gathered, trainingStep } from "../../lib/loop/training_step.ts";
import { testOnBackends } from "../backends.ts";
import golden from "../golden/settings.json" with { type: "json" };
import { inFolder } from "../in_folder.ts";
import { assertClose } from "../train/close.ts";
import { smallImages } from "../train/small_images.ts";
import { smallNetwork } from "../train/small_network.ts";

testOnBackends("three accumulated batches with clipping agree with PyTorch", async () => {
  const { x, y, weight, after } = golden.accumulated;
  const optimizer = sgd({ weightDecay: 0.01 });
  const step = trainingStep({
    network: network(sequential({ head: linear({ units: 3 }) })),
    loss: crossEntropy(),
    optimizer,
    iterations: 3,
    precision: "float32",
    clipNorm: 0.2,
    accumulate: 3,
  });
  const params: Params = { head: { weight: tf.tensor2d(weight), bias: tf.zeros([3]) } };
  let training: StepState = { params, state: {}, optimizer: optimizer.init(params), loss: {} };
  const held: number[] = [];
  for (const [iteration, expected] of after.entries()) {
    let before: Gathered | undefined;
    for (const batch of [0, 1, 2]) {
      const images = {
        data: Float32Array.from(x.slice(4 * batch, 4 * batch + 4).flat()),
        shape: [4, 4],
      };
      const labels = Int32Array.from(y.slice(4 * batch, 4 * batch + 4));
      const inputs = { images, labels };
      if (batch < 2) {
        before = await step.gather(training, inputs, { iteration, before });
        held.push(tf.memory().numTensors);
      } else {
        const output = await step.run(training, inputs, { rate: 0.5, iteration, before });
        const { loss, gradientNorm } = await output.report();
        assert(loss > 0 && gradientNorm > 0.2, `${loss}, ${gradientNorm}`);
        for (const tree of [training.params, training.optimizer]) disposeTree(tree);
        ({ training } = output);
      }
    }
    const found = flatten(training.params).flatMap(([, tensor]) => [...tensor.dataSync()]);
    assertClose(found, expected, 1e-5);
  }
  // A second batch adds to the sum, and has a report of its own.
  assertEquals(held, [0, 1, 0, 1, 0, 1].map((more) => held[0] + more));
  for (const tree of Object.values(training)) disposeTree(tree as Params);
  step.dispose();
});

const data = smallImages({ side: 8, max: 20, imbalance: 4 });
const own: TrainOptions = {
  data,
  network: smallNetwork,
  loss: crossEntropy(),
  augment: "crop-flip",
  iterations: 5,
  evaluateEvery: 9,
  workers: 0,
};

async function params(out: string, step: number): Promise<[number[], number]> {
  const found = await loadCheckpoint(`${out}/checkpoint-${step}.safetensors`);
  const values = flatten(found.params).flatMap(([, tensor]) => [...tensor.dataSync()]);
  for (const tree of [found.params, found.state, found.optimizer]) disposeTree(tree);
  return [values, found.position];
}

Deno.test("N accumulated batches equal one batch N times as large, for layers without batch statistics", () =>
  inFolder(async (folder) => {
    const large = await train({ ...own, batch: 12, out: `${folder}/large` });
    const small = await train({ ...own, batch: 4, accumulate: 3, out: `${folder}/small` });
    const [one, drawn] = await params(large.out!, 5), [three, same] = await params(small.out!, 5);
    assertEquals([drawn, same], [60, 60]);
    assertClose(three, one, 1e-5);
    assertAlmostEquals(small.loss, large.loss, 1e-5);
    assertEquals([small.iterations, small.all], [5, large.all]);
    const [rows, others] = await Promise.all(
      ["small", "large"].map(async (run) =>
        parse(await Deno.readTextFile(`${folder}/${run}/metrics.csv`), { skipFirstRow: true })
      ),
    );
    assertEquals(rows.map(({ step }) => step), ["1", "2", "3", "4", "5"]);
    rows.forEach(({ loss, learningRate }, i) => {
      assertAlmostEquals(Number(loss), Number(others[i].loss), 1e-5);
      assertEquals(learningRate, others[i].learningRate);
    });
  }));

Deno.test("a training with accumulated batches leaks no tensors and resumes bit for bit", () =>
  inFolder(async (folder) => {
    const tensors: number[] = [];
    const settings = { ...own, batch: 2, accumulate: 3, checkpointEvery: 1, keep: 9 };
    await train({
      ...settings,
      evaluateEvery: 1,
      out: `${folder}/whole`,
      onProgress: ({ kind }) => kind === "evaluation" && tensors.push(tf.memory().numTensors),
    });
    assertEquals(tensors, Array(5).fill(tensors[0]));
    await Deno.mkdir(`${folder}/part`);
    for (const file of ["config.json", "metrics.csv", "checkpoint-2.safetensors"]) {
      await Deno.copyFile(`${folder}/whole/${file}`, `${folder}/part/${file}`);
    }
    await train({ ...settings, out: `${folder}/part`, resume: true });
    assertEquals(await params(`${folder}/part`, 5), await params(`${folder}/whole`, 5));
  }));
