/**
 * AdamW against PyTorch's.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { disposeTree, flatten, type Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { traced } from "../../lib/engine/traced.ts";
import { adamw } from "../../lib/optim/mod.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { train } from "../../lib/train/train.ts";
import { testOnBackends } from "../backends.ts";
import golden from "../golden/settings.json" with { type: "json" };
import { inFolder } from "../in_folder.ts";
import { assertClose } from "../train/close.ts";
import { smallImages } from "../train/small_images.ts";

/** Two parameters; PyTorch decays the first. */
const layer = ([weight, bias]: number[][]): Params => ({
  layer: { weight: tf.tensor1d(weight), bias: tf.tensor1d(bias) },
});
const decay = (path: string) => path === "layer/weight";

for (const run of golden.adamw) {
  const name = `β ${run.beta1} and ${run.beta2}, ε ${run.epsilon}, decay ${run.weightDecay}`;
  testOnBackends(`adamw() agrees with PyTorch's AdamW with a decay mask: ${name}`, () => {
    const { init, update } = adamw({ ...run, decay });
    let params = layer(run.starts);
    let state = init(params);
    run.rates.forEach((rate, step) => {
      const gradients = layer(run.gradients[step]);
      ({ params, state } = update(params, gradients, state, tf.scalar(rate)));
      flatten(params).forEach(([, tensor], i) =>
        assertClose(tensor.dataSync(), run.after[step][i], 1e-6)
      );
    });
  });
}

testOnBackends("adamw() agrees eager and traced, also with rate factors", async () => {
  const [run] = golden.adamw;
  const { init, update } = adamw({ rate: (path) => path.endsWith("bias") ? 0.5 : 1 });
  const params = layer(run.starts), gradients = layer(run.gradients[0]);
  const step = traced((p: Params, g: Params, s: Params, rate: tf.Tensor) =>
    update(p, g, s, rate as tf.Scalar)
  );
  const there = await step(params, gradients, init(params), tf.scalar(0.1));
  const here = update(params, gradients, init(params), tf.scalar(0.1));
  flatten(there.params).forEach(([, tensor], i) =>
    assertClose(tensor.dataSync(), flatten(here.params)[i][1].dataSync(), 1e-6)
  );
  // The first step's size is the learning rate.
  const [, bias] = flatten(here.params).map(([, tensor]) => tensor.dataSync());
  const decayed = run.starts[1].map((value) => value * (1 - 0.05 * 0.01));
  assertClose(
    bias,
    decayed.map((value, i) => value - 0.05 * Math.sign(run.gradients[0][1][i])),
    1e-5,
  );
  step.dispose();
});

Deno.test("adamw() throws on numbers out of range", () => {
  assertThrows(() => adamw({ beta1: 1 }), RangeError, "Expected beta1");
  assertThrows(() => adamw({ beta2: -0.1 }), RangeError, "Expected beta2");
  assertThrows(() => adamw({ epsilon: 0 }), RangeError, "Expected epsilon");
  assertThrows(() => adamw({ weightDecay: NaN }), RangeError, "Expected weightDecay");
});

Deno.test("a training by AdamW resumes bit for bit with its moments from the checkpoint", () =>
  inFolder(async (folder) => {
    const data = smallImages({ side: 8, max: 8, imbalance: 4 });
    const own = { recipe: "builtin/ce", data, batch: 4, iterations: 5, workers: 0, keep: 9 };
    const settings = {
      optimizer: "adamw",
      width: 0.25,
      checkpointEvery: 1,
      evaluateEvery: 9,
    } as const;
    await train({ ...own, ...settings, out: `${folder}/whole` });
    await Deno.mkdir(`${folder}/part`);
    for (const file of ["config.json", "metrics.csv", "checkpoint-2.safetensors"]) {
      await Deno.copyFile(`${folder}/whole/${file}`, `${folder}/part/${file}`);
    }
    await train({ ...own, ...settings, out: `${folder}/part`, resume: true });
    const [whole, part] = await Promise.all(["whole", "part"].map(async (run) => {
      const file = `${folder}/${run}/checkpoint-5.safetensors`;
      const { params, optimizer, state } = await loadCheckpoint(file);
      const found = flatten({ params, optimizer, state })
        .map(([path, tensor]) => [path, [...tensor.dataSync()]] as const);
      for (const tree of [params, optimizer, state]) disposeTree(tree);
      return new Map(found);
    }));
    assertEquals(part, whole);
    const paths = [...whole.keys()].filter((path) => path.includes("head/weight"));
    assertEquals(paths, [
      "params/head/weight",
      "optimizer/mean/head/weight",
      "optimizer/square/head/weight",
    ]);
    assertClose(whole.get("optimizer/weights/mean")!, [1 - 0.9 ** 5], 1e-6);
    assertClose(whole.get("optimizer/weights/square")!, [1 - 0.999 ** 5], 1e-6);
  }));
