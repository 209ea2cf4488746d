/**
 * Recipes whose losses are random, have a state, use features or change logits: training and exact
 * resuming.
 *
 * @module
 */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { CheckpointError, UsageError } from "../../lib/core/errors.ts";
import { disposeTree, flatten, type Params } from "../../lib/core/tree.ts";
import { builtin } from "../../lib/data/builtin/mod.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import {
  crossEntropy,
  dtrg,
  eql,
  gcl,
  iifWeights,
  type Loss,
  mbj,
  rideLoss,
  seesaw,
  type StatefulLoss,
} from "../../lib/losses/mod.ts";
import { linear } from "../../lib/nn/linear.ts";
import type { Module } from "../../lib/nn/module.ts";
import { network as networkOf } from "../../lib/nn/network.ts";
import { resnetCifar } from "../../lib/nn/resnet_cifar.ts";
import { sequential, stateless, withTap } from "../../lib/nn/sequential.ts";
import { type Checkpoint, loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { evaluateRun } from "../../lib/runs/evaluate_run.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import type { TrainEvent } from "../../lib/loop/progress.ts";
import { train } from "../../lib/train/train.ts";
import { testOnBackends, WASM_FIRST } from "../backends.ts";
import { inFolder } from "../cli/task.ts";
import { assertClose } from "../train/close.ts";

const data = builtin({ max: 20, imbalance: 10, testImages: 2 });
const counts = [20, 15, 11, 9, 7, 5, 4, 3, 2, 2];
const TOKENS = ["eql", "seesaw", "gcl", "iif", "abc-norm", "dtrg", "ala", "tsc"];

for (const token of TOKENS) {
  Deno.test(`${token} trains by name, also with NBN and LR`, async () => {
    const name = `builtin/${token}+class-balanced+nbn${token === "ala" ? "" : "+lr"}`;
    const result = await train({ recipe: name, data, iterations: 2, batch: 8 });
    assertEquals([result.recipe, result.iterations], [name, 2]);
    assert(Number.isFinite(result.loss) && result.all !== null);
  });
}

Deno.test("recipes apply LR after layers that compute logits and before those that adjust them", () => {
  assertEquals(recipe("builtin/tsc+lr").network(10).name, "resnet8-tsc-lr");
  assertEquals(recipe("builtin/iif+lr").network(10).name, "resnet8-iif");
  assertEquals(recipe("builtin/seesaw+lr").network(10).name, "resnet8");
  assertThrows(() => recipe("builtin/ala+lr"), UsageError, "cosines");
});

const network = resnetCifar({ depth: 8, width: 0.25, classes: 10, head: "cosine" });
const LOSSES: Record<string, Parameters<typeof train>[0]["loss"]> = {
  eql: eql(counts),
  gcl: gcl(counts),
  seesaw: seesaw(10),
  dtrg: dtrg(counts),
  mbj: mbj(crossEntropy(), counts, { size: 16, memoryFrom: 0.3, steps: 2 }),
};

/** Returns all tensors of a checkpoint, by path. */
function values({ params, state, optimizer, loss = {} }: Checkpoint) {
  const all = { params, state, optimizer, loss };
  const found = flatten(all).map(([path, tensor]) => [path, [...tensor.dataSync()]]);
  disposeTree(all);
  return found;
}

for (const [name, loss] of Object.entries(LOSSES)) {
  testOnBackends(`${name} resumes from a checkpoint bit for bit`, () =>
    inFolder(async (folder) => {
      // An epoch of 78 images is ten steps, so dtrg has centres from the eleventh step on.
      const own = { data, network, loss, batch: 8, iterations: 14, evaluateEvery: 14 };
      await train({ ...own, out: `${folder}/whole` });
      const controller = new AbortController();
      const onProgress = ({ kind, ...event }: TrainEvent) => {
        if (kind === "step" && "step" in event && event.step === 9) controller.abort();
      };
      const part = { ...own, out: `${folder}/part` };
      const { iterations } = await train({ ...part, onProgress, signal: controller.signal });
      assert(iterations < 14);
      await train({ ...part, resume: true });
      const [whole, resumed] = await Promise.all(
        ["whole", "part"].map(async (run) =>
          values(await loadCheckpoint(`${folder}/${run}/checkpoint-14.safetensors`))
        ),
      );
      assertEquals(resumed, whole);
      const remembered = whole.filter(([path]) => (path as string).startsWith("loss/"));
      assertEquals(remembered.length > 0, typeof loss !== "function");
      const known = whole.find(([path]) => path === "loss/known")?.[1] as number[] | undefined;
      if (known) assert(known.some((value) => value === 1), "no epoch has ended");
    }), WASM_FIRST);
}

testOnBackends("losses with a state leak no tensors", async () => {
  for (const loss of [seesaw(10), dtrg(counts)]) {
    const tensors: number[] = [];
    await train({
      data,
      network,
      loss,
      batch: 4,
      iterations: 5,
      onProgress: (event) => event.kind === "step" && tensors.push(tf.memory().numTensors),
    });
    assertEquals(
      tensors.slice(2),
      tensors.slice(2).fill(tensors[2]),
      "tensors grew with the steps",
    );
  }
}, { only: ["tensorflow", "wasm"] });

Deno.test("a random loss is deterministic by seed", async () => {
  const own = { data, network, loss: gcl(counts), batch: 4, iterations: 3 };
  const [one, same, other] = [await train(own), await train(own), await train({ ...own, seed: 1 })];
  assertEquals(one.loss, same.loss);
  assert(one.loss !== other.loss);
});

Deno.test("a traced step draws new random numbers in every step", async () => {
  // Logits and labels are constant, so only the random draw differs between steps.
  const cloud = gcl(counts);
  const loss: Loss = Object.assign(
    (...[logits, labels, context]: Parameters<Loss>) => {
      const drawn = cloud(tf.zeros([4, 10]), labels.mul(tf.scalar(0, "int32")), context);
      return drawn.add(logits.sum().mul(0)) as tf.Scalar;
    },
    { uses: cloud.uses },
  );
  const losses: number[] = [];
  await train({
    data,
    network,
    loss,
    batch: 4,
    iterations: 4,
    onProgress: (event) => event.kind === "step" && losses.push(event.loss),
  });
  assertEquals(new Set(losses).size, 4);
});

Deno.test("loading throws on a checkpoint of another loss and accepts one without a loss state", () =>
  inFolder(async (out) => {
    const own = { data, network, batch: 4, iterations: 2 };
    await train({ ...own, loss: crossEntropy(), out });
    const path = `${out}/checkpoint-2.safetensors`;
    const { params, state } = network.init(0, data.train.shape);
    const loss = (LOSSES.seesaw as StatefulLoss).init({ batch: 4 });
    await assertRejects(
      () => loadCheckpoint(path, { params, state, loss }),
      CheckpointError,
      "counts [10] is missing",
    );
    assertEquals((await loadCheckpoint(path, { params, state, loss: {} })).loss, {});
    await assertRejects(
      () => train({ ...own, loss: seesaw(10), iterations: 2, out, resume: true }),
      CheckpointError,
      "state of the loss",
    );
  }));

Deno.test("a loss of features throws on a network without features", async () => {
  const plain = networkOf(sequential({
    pool: stateless((x) => tf.mean(x, [1, 2]), ([, , channels]) => [channels]),
    head: linear({ units: 10 }),
  }));
  await assertRejects(
    () => train({ data, network: plain, loss: dtrg(counts), batch: 4, iterations: 1 }),
    TypeError,
    `"embedding"`,
  );
});

testOnBackends("a custom network with several experts trains with rideLoss()", async () => {
  const body = stateless((x) => tf.mean(x, [1, 2]), ([, , channels]) => [channels]);
  const heads = [1, 2].map((expert) => withTap(`expert${expert}/logits`, linear({ units: 10 })));
  const two: Module = {
    init(rng, [channels]) {
      const made = heads.map((head, i) => head.init(rng.fork(i), [channels]));
      const params = { expert1: made[0].params, expert2: made[1].params };
      return { params, state: {}, outputShape: [10] };
    },
    apply(params, state, x, mode) {
      const [a, b] = heads.map((head, i) =>
        head.apply(params[`expert${i + 1}`] as Params, {}, x, mode).y
      );
      return { y: a.add(b).div(2), state };
    },
  };
  const ensemble = networkOf(sequential({ body, two }), { name: "ensemble" });
  const base = seesaw(10);
  const own = { data, network: ensemble, batch: 4, iterations: 3 };
  for (const loss of [rideLoss(counts), rideLoss(counts, { base, scale: 1 })]) {
    const { loss: value } = await train({ ...own, loss });
    assert(Number.isFinite(value));
  }
  await assertRejects(
    () => train({ ...own, network, loss: rideLoss(counts) }),
    TypeError,
    `"expert1/logits"`,
  );
}, { only: ["tensorflow", "wasm"] });

Deno.test("evaluating a run of iif reads the factors from its checkpoint", () =>
  inFolder(async (out) => {
    const result = await train({
      recipe: "builtin/iif",
      iterations: 3,
      batch: 8,
      evaluateEvery: 3,
      out,
    });
    const evaluated = await evaluateRun(out);
    assertEquals([evaluated.all, evaluated.perClass], [result.all!, [...result.perClass]]);
    const { state } = await loadCheckpoint(`${out}/checkpoint-3.safetensors`);
    const factors = flatten(state).find(([path]) => path === "iif/factors")![1].dataSync();
    const split = builtin().train;
    const images = split.classNames.map((_, c) => split.labels.filter((l) => l === c).length);
    assertClose(factors, iifWeights(images), 1e-6);
  }));
