/**
 * Trainings of several experts or views: training, saving, opening, analysis and export.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  channelDrops,
  classAttention,
  classifierWeights,
  collectFeatures,
  listTaps,
} from "../../lib/analysis/mod.ts";
import { disposeTree, flatten } from "../../lib/core/tree.ts";
import { builtin } from "../../lib/data/mod.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { bcl, expertAssignment, paco, rideLoss } from "../../lib/losses/mod.ts";
import { resnetCifar } from "../../lib/nn/mod.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { evaluateRun } from "../../lib/runs/evaluate_run.ts";
import { exportWeights } from "../../lib/export/export_weights.ts";
import { openRun } from "../../lib/runs/open_run.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { readSafetensors } from "../../lib/safetensors/read.ts";
import type { TrainEvent } from "../../lib/loop/progress.ts";
import { train } from "../../lib/train/train.ts";
import { instanceBalancedSampler } from "../../lib/samplers/mod.ts";
import { testOnBackends, WASM_FIRST } from "../backends.ts";
import { inFolder } from "../in_folder.ts";
import { smallImages } from "../train/small_images.ts";

const data = smallImages({ side: 8, max: 8, imbalance: 4 });
const counts = [8, 7, 6, 5, 4, 4, 3, 3, 2, 2];

for (const tokens of ["ride2+nbn+lr", "bcl", "paco", "cbn", "superdisco"]) {
  testOnBackends(
    `${tokens} resumes and is evaluated from a checkpoint bit for bit`,
    () =>
      inFolder(async (folder) => {
        const own = {
          recipe: `builtin/${tokens}`,
          data,
          batch: 4,
          iterations: 6,
          evaluateEvery: 6,
          workers: 0,
        };
        const { all, loss } = await train({ ...own, out: `${folder}/whole` });
        assert(Number.isFinite(loss));
        const controller = new AbortController();
        const onProgress = ({ kind, ...event }: TrainEvent) => {
          if (kind === "step" && "step" in event && event.step === 3) controller.abort();
        };
        const part = { ...own, out: `${folder}/part` };
        await train({ ...part, onProgress, signal: controller.signal });
        await train({ ...part, resume: true });
        const [whole, resumed] = await Promise.all(
          ["whole", "part"].map(async (run) => {
            const { params, state, loss = {} } = await loadCheckpoint(
              `${folder}/${run}/checkpoint-6.safetensors`,
            );
            const all = { params, state, loss };
            const values = flatten(all).map(([path, tensor]) => [path, [...tensor.dataSync()]]);
            disposeTree(all);
            return values;
          }),
        );
        assertEquals(resumed, whole);
        assertEquals((await evaluateRun(`${folder}/whole`, { data })).all, all!);
      }),
    // Two passes of a mixture take several times as long.
    tokens === "cbn" ? { ...WASM_FIRST, long: WASM_FIRST.only } : WASM_FIRST,
  );
}

Deno.test("a run of experts is analysed and exported", () =>
  inFolder(async (out) => {
    const name = "builtin/ride2+nbn";
    await train({ recipe: name, data, batch: 4, iterations: 2, workers: 0, out });
    const run = await openRun(out, { data });
    const taps = listTaps(run, data.train.shape).map(({ name }) => name);
    assert(["embedding", "expert2/stage3/block1", "logits"].every((tap) => taps.includes(tap)));
    const { embedding } = await collectFeatures(run, data.test, { taps: ["embedding"] });
    assertEquals(embedding.shape, [96]);
    const { perClass } = await channelDrops(run, data.test, {
      counts: [...run.counts.slice(1), 500],
    });
    assertEquals(perClass.length, 96);
    assertEquals(classifierWeights(run, { path: "expert2/head" }).channels, 48);
    const some = { ...data.test, labels: data.test.labels.slice(0, 2) };
    const attention = { counts: [...run.counts.slice(1), 500], path: "expert1/head" };
    const [map] = await classAttention(run, some, attention);
    assertEquals(map.all.height, 8);
    run.dispose();
    await exportWeights(out, `${out}/pytorch.safetensors`, { data, names: "torchvision" });
    const { tensors } = readSafetensors(await Deno.readFile(`${out}/pytorch.safetensors`), out);
    assertEquals(tensors.get("expert1.layer3.0.conv2.weight")!.shape, [48, 48, 3, 3]);
    assertEquals(tensors.get("expert2.fc.weight")!.shape, [10, 48]);
  }));

Deno.test("routed trains the experts first and then only their routers", () =>
  inFolder(async (out) => {
    const name = "builtin/ride2+routed";
    const setting = { iterations: 200, batch: 8, counts, augment: [] };
    const stages = recipe(name).stages(setting);
    assertEquals(stages.map(({ name, iterations }) => [name, iterations]), [
      ["training", 200],
      ["routers", 5],
    ]);
    await train({ recipe: name, data, batch: 4, iterations: 40, workers: 0, out, keep: 9 });
    const [experts, routed] = await Promise.all([40, 41].map(async (step) => {
      const found = await loadCheckpoint(`${out}/checkpoint-${step}.safetensors`);
      for (const tree of [found.optimizer, found.loss ?? {}]) disposeTree(tree);
      return { params: found.params, state: found.state };
    }));
    for (const tree of ["params", "state"] as const) {
      const after = new Map(flatten(routed[tree]));
      for (const [path, tensor] of flatten(experts[tree])) {
        const moved = tensor.sub(after.get(path)!).abs().max().dataSync()[0] > 0;
        if (!path.startsWith("router/")) assertEquals(moved, false, path);
      }
    }
    for (const trees of [experts, routed]) Object.values(trees).forEach(disposeTree);
  }));

testOnBackends("networks of experts and views leak no tensors", async () => {
  for (const tokens of ["ride2", "bcl", "paco"]) {
    const tensors: number[] = [];
    await train({
      recipe: `builtin/${tokens}`,
      data,
      batch: 4,
      iterations: 5,
      workers: 0,
      onProgress: (event) => event.kind === "step" && tensors.push(tf.memory().numTensors),
    });
    assertEquals(tensors.slice(2), tensors.slice(2).fill(tensors[2]), tokens);
  }
}, { only: ["tensorflow"] });

Deno.test("losses of views and experts throw on networks without them", async () => {
  const network = resnetCifar({ depth: 8, width: 0.25, classes: 10 });
  const own = { data, network, batch: 4, iterations: 1, workers: 0 };
  for (
    const [loss, message] of [
      [bcl(counts), "take a network of balancedContrast()"],
      [paco(counts), "take a network of balancedContrast() or momentumContrast()"],
      [rideLoss(counts), "for instance ride()"],
      [expertAssignment(), "for instance ride()"],
    ] as const
  ) await assertRejects(() => train({ ...own, loss }), TypeError, message);
});

Deno.test("experts support losses with layers after the classifier", async () => {
  for (const tokens of ["ride2+iif+lr", "ride2+tsc"]) {
    const name = `builtin/${tokens}`;
    const { loss } = await train({ recipe: name, data, batch: 4, iterations: 2, workers: 0 });
    assert(Number.isFinite(loss), tokens);
  }
});

Deno.test("RIDE, BCL and PaCo have the length and inputs of their papers", () => {
  const cifar = recipe("cifar100-lt/ride3+nbn+lr");
  assertEquals([cifar.iterations, cifar.batch], [17_000, 128]);
  assertEquals(recipe("cifar100-lt/paco").iterations, 34_000);
  assertEquals(recipe("cifar100-lt/bcl").iterations, 13_000);
  const setting = { iterations: 1000, batch: 128, counts: [500, 5], augment: cifar.augment };
  const [{ schedule }] = cifar.stages(setting);
  const rates = [0, 24, 799, 800, 900].map((step) => Number(schedule(step).toPrecision(6)));
  assertEquals(rates, [0.004, 0.1, 0.1, 0.001, 0.00001]);
  const [{ views, loss }] = recipe("cifar100-lt/bcl").stages(setting);
  assertEquals([loss.views, views?.length, views?.[0]], [3, 3, cifar.augment]);
});

Deno.test("the views of an image differ", async () => {
  const { train: images } = builtin({ max: 4, imbalance: 1 });
  const { batches } = await import("../../lib/data/batches/mod.ts");
  const augment = [{ name: "crop", padding: 4 }, { name: "flip" }] as const;
  const take = async (views: readonly (readonly typeof augment[number][])[], workers: number) => {
    const stream = instanceBalancedSampler(images.labels, { seed: 1 });
    for await (const batch of batches(images, stream, { batch: 3, views, seed: 2, workers })) {
      return batch;
    }
  };
  const one = (await take([augment], 0))!, three = (await take([augment, augment, []], 0))!;
  const size = one.images.length;
  assertEquals(three.images.length, 3 * size);
  assertEquals([three.labels, three.indices], [one.labels, one.indices]);
  assertEquals(three.images.slice(0, size), one.images);
  assert(three.images.slice(size, 2 * size).some((value, i) => value !== one.images[i]));
  const plain = (await take([[]], 0))!;
  assertEquals(three.images.slice(2 * size), plain.images);
  assertEquals((await take([augment, augment, []], 1))!.images, three.images);
  await assertRejects(() => take([], 0), RangeError, "at least one view");
});
