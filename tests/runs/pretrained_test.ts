/**
 * Trainings from pretrained weights, and with frozen parts.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { CheckpointError, UsageError } from "../../lib/core/errors.ts";
import { disposeTree, flatten, type Params } from "../../lib/core/tree.ts";
import { engine } from "../../lib/engine/engine.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { logitsRectification, nbn, type Network, resnetCifar } from "../../lib/nn/mod.ts";
import { instanceBalancedSampler } from "../../lib/samplers/mod.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { exportWeights } from "../../lib/export/export_weights.ts";
import { openRun } from "../../lib/runs/open_run.ts";
import { constantSchedule, sgd } from "../../lib/optim/mod.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import type { Stage } from "../../lib/loop/stages/stage.ts";
import { train } from "../../lib/train/train.ts";
import { testOnBackends } from "../backends.ts";
import { inFolder } from "../in_folder.ts";
import { smallImages } from "../train/small_images.ts";

await engine();

const data = smallImages({ side: 8, max: 6, imbalance: 2 });
const small = { depth: 8, width: 0.25, classes: 10 } as const;
const plain = resnetCifar(small);

const STAGE: Stage = {
  name: "features",
  iterations: 2,
  loss: crossEntropy(),
  sampler: instanceBalancedSampler,
  augment: [],
  schedule: constantSchedule(0.1),
  optimizer: sgd({ weightDecay: 0.1 }),
};

/** Two stages; the second trains the head while the other layers' statistics are updated. */
const STAGES: readonly Stage[] = [
  STAGE,
  { ...STAGE, name: "classifier", iterations: 1, trains: ["head"], statistics: "shifting" },
];

const options = (out: string, network: Network, more: TrainOptions = {}): TrainOptions => ({
  ...{ data, network, batch: 8, workers: 0, out },
  stages: STAGES,
  ...more,
});

/** Returns the values of a checkpoint, by path. */
async function values(path: string): Promise<Map<string, number[]>> {
  const { params, state, optimizer } = await loadCheckpoint(path);
  const trees = { params, state, optimizer };
  const found = new Map(flatten(trees).map(([path, tensor]) => [path, [...tensor.dataSync()]]));
  disposeTree(trees as unknown as Params);
  return found;
}

/** Returns the messages of a training about its weights. */
async function told(options: TrainOptions): Promise<string | undefined> {
  let weights: string | undefined;
  await train({
    ...options,
    onProgress(event) {
      if (event.kind === "start") weights = event.weights;
    },
  });
  return weights;
}

const isFrozen = (path: string) => /^(params|state)\/(stem|stage1)\//.test(path);

testOnBackends(
  "train() starts from the weights of a run and does not change frozen parts",
  () =>
    inFolder(async (folder) => {
      const from = `${folder}/from`, out = `${folder}/out`;
      await train(options(from, plain));
      const before = await values(`${from}/checkpoint-3.safetensors`);
      const network = resnetCifar({ ...small, norm: nbn(), logits: logitsRectification() });
      const own = options(out, network, {
        weights: from,
        freeze: ["stem", "stage1"],
        checkpointEvery: 1,
        keep: 9,
      });
      assertEquals(
        await told(own),
        `${from}/checkpoint-3.safetensors: 37 tensors loaded; new: nbn, lr`,
      );
      for (const step of [1, 2, 3]) {
        const after = await values(`${out}/checkpoint-${step}.safetensors`);
        for (const [path, value] of after) {
          if (isFrozen(path)) assertEquals(value, before.get(path), `${path} after step ${step}`);
          assert(!/^optimizer\/(stem|stage1)\//.test(path), `${path} has a velocity`);
        }
        // Everything else is updated, including the statistics in a stage that trains only the head.
        const moved = (path: string) =>
          assert(`${after.get(path)}` !== `${before.get(path)}`, path);
        moved("params/head/weight");
        moved("state/stage2/block1/bn1/mean");
      }
      const { training } = JSON.parse(await Deno.readTextFile(`${out}/config.json`));
      assertEquals(training.weights, from);
      assertEquals(training.stages.map(({ frozen }: Stage) => frozen), [
        ["stem", "stage1"],
        ["stem", "stage1"],
      ]);
      // Weights are needed only at the start.
      await Deno.remove(from, { recursive: true });
      await Deno.remove(`${out}/checkpoint-3.safetensors`);
      assertEquals(await told({ ...own, resume: true }), undefined);
      const again = await values(`${out}/checkpoint-3.safetensors`);
      for (const [path, value] of again) {
        if (isFrozen(path)) assertEquals(value, before.get(path), path);
      }
    }),
  { only: ["tensorflow", "wasm"] },
);

testOnBackends(
  "a run with NBN started from plain norms is opened and exported with its magnitudes",
  () =>
    inFolder(async (folder) => {
      const from = `${folder}/from`, out = `${folder}/out`;
      const network = resnetCifar({ ...small, norm: nbn() });
      const still: TrainOptions = {
        stages: [{ ...STAGE, iterations: 1, schedule: constantSchedule(0) }],
      };
      await train(options(from, plain));
      await train(options(out, network, { ...still, weights: from }));
      const run = await openRun(out, { data, network });
      const paths = flatten(run.state).map(([path]) => path).filter((path) => /Length$/.test(path))
        .sort();
      assertEquals(paths, ["stage3/block1/bn2/biasLength", "stage3/block1/bn2/weightLength"]);
      run.dispose();
      // Under torchvision's names it is the plain network of the start.
      const to = `${folder}/torch.safetensors`, again = `${folder}/again`;
      await exportWeights(out, to, { names: "torchvision", data, network });
      await train(options(again, plain, { ...still, weights: to }));
      const found = await values(`${again}/checkpoint-1.safetensors`);
      const expected = await values(`${from}/checkpoint-3.safetensors`);
      const path = "params/stage3/block1/bn2/weight";
      found.get(path)!.forEach((value, i) =>
        assert(Math.abs(value - expected.get(path)![i]) < 1e-5)
      );
    }),
  { only: ["tensorflow"] },
);

testOnBackends(
  "train() throws on mismatched weights and unknown parts, and writes nothing",
  () =>
    inFolder(async (folder) => {
      const out = `${folder}/out`;
      const refuses = (more: TrainOptions, error: typeof UsageError, message: string) =>
        assertRejects(() => train(options(out, plain, more)), error, message);
      await refuses({ freeze: ["stage9"] }, UsageError, "(did you mean stage1?)");
      await refuses({ freeze: ["stem/cnv"] }, UsageError, '"stem/cnv" (did you mean stem/conv?)');
      await refuses(
        { freeze: ["*"] },
        UsageError,
        "leave trainable parameters in the stage features",
      );
      await refuses({ freeze: ["head"] }, UsageError, "the stage classifier to train");
      await refuses({ weights: `${folder}/none` }, CheckpointError, "could not read");
      await assertRejects(() => Deno.stat(out), Deno.errors.NotFound);
    }),
  { only: ["tensorflow"] },
);
