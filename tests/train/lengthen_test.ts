/**
 * Resuming a run with more steps than planned.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { exists } from "../../lib/core/exists.ts";
import { disposeTree, flatten } from "../../lib/core/tree.ts";
import { engine } from "../../lib/engine/engine.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { expectLengthens } from "../../lib/train/lengthen.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import { planOf, prepare } from "../../lib/train/plan.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../in_folder.ts";
import { smallImages } from "./small_images.ts";
import { smallNetwork } from "./small_network.ts";

await engine();

const data = smallImages({ side: 8, max: 12, imbalance: 4 });
const own: TrainOptions = {
  data,
  network: smallNetwork,
  loss: crossEntropy(),
  batch: 4,
  workers: 0,
};

async function params(file: string): Promise<number[]> {
  const { params, state, optimizer } = await loadCheckpoint(file);
  const values = flatten({ params, state, optimizer }).flatMap(([, tensor]) => [
    ...tensor.dataSync(),
  ]);
  for (const tree of [params, state, optimizer]) disposeTree(tree);
  return values;
}

Deno.test("a run at a constant rate is lengthened as if it had been planned longer", () =>
  inFolder(async (folder) => {
    const settings = { ...own, schedule: "constant" as const, evaluateEvery: 99, keep: 9 };
    const part = `${folder}/part`, whole = `${folder}/whole`;
    await train({ ...settings, iterations: 3, out: part });
    const longer = await train({ ...settings, iterations: 5, out: part, resume: true });
    assertEquals(longer.iterations, 5);
    await train({ ...settings, iterations: 5, out: whole });
    const file = "checkpoint-5.safetensors";
    assertEquals(await params(`${part}/${file}`), await params(`${whole}/${file}`));
    const config = async (run: string) => JSON.parse(await Deno.readTextFile(`${run}/config.json`));
    assertEquals(await config(part), await config(whole));
    // Fewer steps or any other difference is another training.
    const refuses = async (options: TrainOptions, message: string) =>
      void await assertRejects(
        () => train({ ...settings, out: part, resume: true, ...options }),
        UsageError,
        message,
      );
    await refuses({ iterations: 4 }, "Expected iterations to be 5");
    await refuses({ iterations: undefined }, "Expected iterations to be 5");
    await refuses({ iterations: 9, lr: 0.2 }, "Expected stages[0].rates to be [0.1,");
    await refuses({ iterations: 9, weightDecay: 0 }, "stages[0].optimizer.weightDecay");
    await refuses({ iterations: 9, clipNorm: 1 }, "Expected clipNorm to be nothing");
    await refuses({ iterations: 5, batch: 8 }, "Expected batch to be 4");
    await refuses({ iterations: 9, schedule: undefined }, "Expected stages[0].rates");
    assertEquals(await config(part), await config(whole));
  }));

Deno.test("lengthening a run whose schedule depends on its length throws and leaves it unchanged", () =>
  inFolder(async (folder) => {
    const out = `${folder}/run`;
    await train({ ...own, iterations: 3, out });
    const before = await Deno.readTextFile(`${out}/config.json`);
    await assertRejects(
      () => train({ ...own, iterations: 6, out, resume: true }),
      UsageError,
      "step 2 had the learning rate 0.075 and would have had 0.09",
    );
    assertEquals(await Deno.readTextFile(`${out}/config.json`), before);
    assert(await exists(`${out}/summary.json`));
  }));

/** Returns the message about lengthening a run that has reached a step. */
async function judged(
  recipe: string,
  [iterations, step, longer]: [number, number, number],
  more: TrainOptions & { stage?: number; over?: boolean } = {},
): Promise<void> {
  const { stage = 0, over, ...settings } = more;
  const options: TrainOptions = { data, batch: 4, ...settings, recipe: `builtin/${recipe}` };
  const preparation = await prepare(options);
  const plans = [iterations, longer].map((iterations) =>
    planOf({ ...options, iterations }, preparation)
  );
  expectLengthens(
    {
      network: "",
      step,
      stage,
      seed: 0,
      position: step * 4,
      params: {},
      state: {},
      optimizer: {},
      notes: { over: String(over ?? false) },
    },
    plans[0],
    plans[1],
  );
}

const flat: TrainOptions = { schedule: "constant" };

for (
  const [name, recipe, steps, more, message] of [
    ["before RIDE's rate falls", "ride3", [100, 80, 200], { warmup: 9 }, undefined],
    ["behind it", "ride3", [100, 81, 200], { warmup: 9 }, "learning rate 0.001"],
    ["with a warm-up of RIDE's own", "ride3", [200, 9, 400], {}, "step 1 had the learning rate"],
    ["before LDAM weights classes", "ldam-drw", [100, 80, 200], flat, undefined],
    ["behind it", "ldam-drw", [100, 81, 200], flat, "entered a phase that would begin later"],
    ["before a part that is deferred", "ce+drw", [100, 80, 200], flat, undefined],
    ["in it", "ce+drw", [100, 81, 200], { ...flat, stage: 1 }, "has ended after 80"],
    [
      "in a second stage",
      "crt",
      [90, 95, 180],
      { ...flat, stage: 1 },
      "training has ended after 90",
    ],
    [
      "with a sampler that follows the length",
      "ce+progressively-balanced",
      [50, 50, 90],
      flat,
      "other images",
    ],
    ["with CMO before its last epochs", "cmo", [200, 90, 400], flat, undefined],
    ["with CMO behind them", "cmo", [200, 190, 400], flat, "cmo has ended"],
    ["stopped early", "ce", [100, 50, 200], { ...flat, over: true }, "stopped early"],
  ] as const
) {
  Deno.test(`longer runs: ${recipe} ${name} is ${message ? "refused" : "gone on with"}`, async () => {
    const judge = () => judged(recipe, [...steps], more);
    if (!message) await judge();
    else await assertRejects(judge, UsageError, message);
  });
}

Deno.test("a run records its settings, so that it can be repeated", () =>
  inFolder(async (folder) => {
    const out = `${folder}/run`;
    await train({
      recipe: "builtin/ce",
      architecture: "resnet8",
      width: 0.25,
      data: { imbalance: 200 },
      batch: 4,
      iterations: 1,
      groups: [10, 50],
      optimizer: "adamw",
      workers: 0,
      out,
    });
    const { settings, pieces } = JSON.parse(await Deno.readTextFile(`${out}/config.json`));
    assertEquals(pieces, undefined);
    assertEquals(settings, {
      recipe: ["builtin/ce"],
      network: "resnet8",
      width: 0.25,
      imbalance: 200,
      iterations: 1,
      batch: 4,
      optimizer: "adamw",
      groups: [10, 50],
      workers: 0,
    });
  }));
