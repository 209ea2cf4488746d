/**
 * Early stopping and the best checkpoint.
 *
 * @module
 */
import { freeTrees } from "../../lib/checkpoints/trees.ts";
import { assert, assertEquals } from "@std/assert";
import { disposeTree, flatten } from "../../lib/core/tree.ts";
import type { ImageDataset } from "../../lib/data/dataset.ts";
import { engine } from "../../lib/engine/engine.ts";
import { crossEntropy, type Loss } from "../../lib/losses/mod.ts";
import { instanceBalancedSampler } from "../../lib/samplers/mod.ts";
import { withEvaluation } from "../../lib/loop/best.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { evaluate } from "../../lib/inference/evaluate.ts";
import { evaluateRun } from "../../lib/runs/evaluate_run.ts";
import { loadData } from "../../lib/train/load_data.ts";
import { loop } from "../../lib/loop/loop.ts";
import { constantSchedule, type Schedule, sgd } from "../../lib/optim/mod.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import { planOf, prepare } from "../../lib/train/plan.ts";
import type { EvaluationEvent, TrainEvent } from "../../lib/loop/progress.ts";
import { type Recipe, recipe } from "../../lib/recipes/mod.ts";
import type { Stage } from "../../lib/loop/stages/stage.ts";
import { initialState } from "../../lib/train/initial_state.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../in_folder.ts";
import { smallImages } from "./small_images.ts";
import { smallNetwork } from "./small_network.ts";

await engine();

const data = smallImages({ side: 8, max: 12, imbalance: 4 });

/** A stage whose learning rate becomes 0, after which evaluations are constant. */
const until = (steps: number): Schedule => (step) => step < steps ? 0.05 : 0;

const stage = (steps: number, learns: number, more: Partial<Stage> = {}): Stage => ({
  name: `learns ${learns}`,
  iterations: steps,
  loss: crossEntropy(),
  sampler: instanceBalancedSampler,
  augment: [],
  schedule: until(learns),
  optimizer: sgd({ momentum: 0 }),
  ...more,
});

/** Trains and returns the steps of evaluations and stops, and the result. */
async function run(stages: readonly Stage[], options: TrainOptions) {
  const evaluations: EvaluationEvent[] = [], stops: number[] = [];
  const onProgress = (event: TrainEvent) => {
    if (event.kind === "evaluation") evaluations.push(event);
    if (event.kind === "early stop") stops.push(event.step);
  };
  const own = { data, network: smallNetwork, batch: 8, workers: 0, evaluateEvery: 2 };
  const result = await train({ ...own, stages, onProgress, ...options });
  return { result, evaluations, stops };
}

Deno.test("withEvaluation() keeps the first of equal evaluations, and counts those without improvement only on request", () => {
  const at = (accuracy: number, step: number) => ({ accuracy, step, stage: 1 });
  let soFar = withEvaluation({ since: 0 }, at(10, 1), false);
  soFar = withEvaluation(soFar, at(5, 2), false);
  assertEquals(soFar, { best: at(10, 1), since: 0 });
  soFar = withEvaluation(withEvaluation(soFar, at(10, 3), true), at(9, 4), true);
  assertEquals(soFar, { best: at(10, 1), since: 2 });
  assertEquals(withEvaluation(soFar, at(11, 5), true), { best: at(11, 5), since: 0 });
});

Deno.test("a stage ends after N evaluations without improvement, and the next begins", async () => {
  // Nothing is learned, so the first evaluation is the best.
  const { result, stops, evaluations } = await run([stage(40, 0), stage(30, 0)], { earlyStop: 3 });
  // At steps 2, 4, 6 and 8 of the first stage, and as many in the second.
  assertEquals(stops, [8, 16]);
  assertEquals(evaluations.map(({ step }) => step), [2, 4, 6, 8, 10, 12, 14, 16]);
  assertEquals(evaluations.map(({ best }) => best?.step), [2, 2, 2, 2, 10, 10, 10, 10]);
  assertEquals([result.iterations, result.all], [16, evaluations.at(-1)!.evaluation.all]);
});

Deno.test("early stopping does not skip a method's deferred part", async () => {
  const plain = crossEntropy();
  const phased: Loss = Object.assign(
    (...[logits, labels]: Parameters<Loss>) => plain(logits, labels),
    { phases: [0.5] },
  );
  // Evaluations count from step 20 on, where the loss changes.
  assertEquals((await run([stage(40, 0, { loss: phased })], { earlyStop: 2 })).stops, [22]);
  // Only the second part can end early: best at 10, then 12, 14.
  const parts = [stage(10, 0), stage(20, 0, { continues: true })];
  const { stops, evaluations } = await run(parts, { earlyStop: 2 });
  assertEquals(stops, [14]);
  assertEquals(evaluations.map(({ best }) => best?.step), Array(7).fill(2));
});

/** Parameters and statistics of a file, and its step. */
async function kept(file: string): Promise<[number, number[]]> {
  const { params, state, optimizer, step } = await loadCheckpoint(file);
  const values = flatten({ params, state }).flatMap(([, tensor]) => [...tensor.dataSync()]);
  for (const tree of [params, state, optimizer]) disposeTree(tree);
  return [step, values];
}

Deno.test("best.safetensors is the network of the best evaluation, and can be evaluated", () =>
  inFolder(async (folder) => {
    // A learning rate that grows until accuracy drops.
    const spoiled = stage(20, 0, { schedule: (step) => 0.02 * 1.6 ** step });
    const settings = { keepBest: true, checkpointEvery: 2, keep: 20, out: `${folder}/run` };
    const { evaluations } = await run([spoiled], settings);
    const accuracies = evaluations.map(({ evaluation }) => evaluation.mean);
    const best = Math.max(...accuracies), index = accuracies.indexOf(best);
    assert(index < accuracies.length - 1, `${accuracies}`);
    const { step } = evaluations[index];
    const [found, values] = await kept(`${settings.out}/best.safetensors`);
    assertEquals([found, values], await kept(`${settings.out}/checkpoint-${step}.safetensors`));
    const summary = JSON.parse(await Deno.readTextFile(`${settings.out}/summary.json`));
    assertEquals(summary.best, { accuracy: best, step, stage: 1 });
    const opened = await evaluateRun(`${settings.out}/best.safetensors`, {
      data,
      network: smallNetwork,
    });
    assertEquals([opened.step, opened.mean], [step, best]);
    // A new stage starts without a best evaluation; a continued one keeps it.
    const worse = stage(4, 0, { schedule: constantSchedule(5) });
    const two = await run([stage(6, 6), worse], { keepBest: true, out: `${folder}/two` });
    assertEquals(two.evaluations.at(-1)!.best!.stage, 2);
    const on = await run([stage(6, 6), { ...worse, continues: true }], {
      keepBest: true,
      out: `${folder}/on`,
    });
    const one = on.evaluations.findIndex(({ evaluation }) =>
      evaluation.mean === Math.max(...on.evaluations.map(({ evaluation }) => evaluation.mean))
    );
    assertEquals(on.evaluations.at(-1)!.best!.step, on.evaluations[one].step);
  }));

Deno.test("a checkpoint contains the evaluations without improvement", () =>
  inFolder(async (folder) => {
    const stages = [stage(40, 5), stage(40, 0)];
    const settings = { earlyStop: 3, keepBest: true, checkpointEvery: 1, keep: 99 };
    const whole = await run(stages, { ...settings, out: `${folder}/whole` });
    const last = whole.result.iterations;
    assert(whole.stops.length === 2 && last < 80, `${whole.stops}`);
    for (const step of [3, whole.stops[0] - 1, whole.stops[0], whole.stops[0] + 3, last]) {
      const part = `${folder}/part${step}`;
      await Deno.mkdir(part);
      for (const file of ["config.json", "metrics.csv", `checkpoint-${step}.safetensors`]) {
        await Deno.copyFile(`${folder}/whole/${file}`, `${part}/${file}`);
      }
      const resumed = await run(stages, { ...settings, out: part, resume: true });
      assertEquals(resumed.result.iterations, last, `from ${step}`);
      const metrics = (path: string) => Deno.readTextFile(`${path}/metrics.csv`);
      assertEquals(await metrics(part), await metrics(`${folder}/whole`), `from ${step}`);
      const file = `checkpoint-${last}.safetensors`;
      assertEquals(await kept(`${part}/${file}`), await kept(`${folder}/whole/${file}`));
    }
  }));

/** Returns the images of a set from an index on. */
function from(first: number, set: ImageDataset, name: string): ImageDataset {
  if (set.images.kind !== "pixels") throw new TypeError("Expected pixels");
  const size = set.shape.reduce((a, b) => a * b);
  const pixels = set.images.pixels.subarray(first * size);
  return { ...set, name, labels: set.labels.slice(first), images: { ...set.images, pixels } };
}

Deno.test("early stopping uses the validation images when available", async () => {
  const validation = from(3, data.train, "validation");
  const options = { data, network: smallNetwork, stages: [stage(8, 8)], batch: 8, workers: 0 };
  const wished = { ...options, earlyStop: 1, keepBest: true, evaluateEvery: 2, out: "none" };
  const plan = planOf(wished, await prepare(options));
  const reported: number[] = [], found: number[] = [];
  const outcome = await loop({ ...plan, validation }, await initialState(plan), {
    emit: (event) => void (event.kind === "evaluation" && reported.push(event.best!.accuracy)),
    log: () => Promise.resolve(),
    save: () => Promise.resolve(undefined),
    async keepBest({ params, state }) {
      const model = { network: smallNetwork, params, state };
      found.push((await evaluate(model, validation, { counts: plan.counts })).mean);
    },
  });
  freeTrees(outcome.state);
  assertEquals([...new Set(reported)], found);
});

Deno.test("a training with early stopping finds the validation set next to the test set", async () => {
  const val = from(3, data.train, "validation");
  const named = (split: Partial<Record<"test" | "val", ImageDataset>>): Recipe => ({
    ...recipe("builtin/ce"),
    load({ split: requested, validation }) {
      const evaluatedOn = requested ?? (split.test ? "test" : "val"), test = split[evaluatedOn]!;
      const other = validation && evaluatedOn === "test" ? { validation: split.val } : {};
      return Promise.resolve({ split: { ...data, test, evaluatedOn, ...other }, provenance: {} });
    },
  });
  const { test } = data;
  const load = async (options: TrainOptions, sets: Parameters<typeof named>[0]) =>
    (await loadData(options, named(sets), 0)).validation?.name;
  assertEquals(await load({ keepBest: true }, { test, val }), "validation");
  assertEquals(await load({ earlyStop: 2 }, { test, val }), "validation");
  assertEquals(await load({}, { test, val }), undefined);
  assertEquals(await load({ keepBest: true }, { test }), undefined);
  assertEquals(await load({ keepBest: true }, { val }), undefined);
  assertEquals(await load({ keepBest: true, data: { split: "val" } }, { test, val }), undefined);
  const own = { ...data, validation: val };
  assertEquals((await loadData({ data: own, keepBest: true }, undefined, 0)).validation, val);
  assertEquals((await loadData({ data: own }, undefined, 0)).validation, undefined);
});
