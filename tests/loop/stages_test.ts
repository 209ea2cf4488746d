/**
 * Trainings of several stages: trained parts, measurements between stages, and resuming within any stage.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { parse } from "@std/csv";
import { UsageError } from "../../lib/core/errors.ts";
import { disposeTree, flatten, type Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { crossEntropy, iifWeights } from "../../lib/losses/mod.ts";
import { maxNormThreshold } from "../../lib/post_hoc/max_norm.ts";
import { classBalancedSampler } from "../../lib/samplers/mod.ts";
import { type Checkpoint, loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { evaluateRun } from "../../lib/runs/evaluate_run.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import type { TrainEvent } from "../../lib/loop/progress.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { constantSchedule, sgd } from "../../lib/optim/mod.ts";
import { reinitialise } from "../../lib/loop/stages/classifier.ts";
import type { Stage, StageTransition } from "../../lib/loop/stages/stage.ts";
import { train } from "../../lib/train/train.ts";
import { testOnBackends, WASM_FIRST } from "../backends.ts";
import { inFolder } from "../in_folder.ts";
import { assertClose } from "../train/close.ts";
import { smallImages } from "../train/small_images.ts";

await engine();

const data = smallImages({ side: 8, max: 12, imbalance: 4 });
const counts = Array.from(
  { length: 10 },
  (_, c) => data.train.labels.filter((l) => l === c).length,
);
const short: TrainOptions = { data, augment: [], batch: 8, workers: 0 };

/** Returns the values of every tensor, by path. */
function values({ params, state, optimizer, loss = {}, memory = {} }: Checkpoint) {
  const all = { params, state, optimizer, loss, memory };
  const found = new Map(flatten(all).map(([path, tensor]) => [path, [...tensor.dataSync()]]));
  disposeTree(all as unknown as Params);
  return found;
}

const load = async (folder: string, step: number) =>
  values(await loadCheckpoint(`${folder}/checkpoint-${step}.safetensors`));

/** Returns the paths of tensors that differ between two checkpoints. */
function changed(before: Map<string, unknown>, after: Map<string, unknown>, tree: string) {
  return [...after.keys()].filter((path) =>
    path.startsWith(`${tree}/`) && `${before.get(path)}` !== `${after.get(path)}`
  );
}

/** Trains a recipe and returns its checkpoints after the first stage and at the end. */
async function twoStages(folder: string, name: string, options: TrainOptions = {}) {
  const own = { ...short, iterations: 9, ...options, recipe: `builtin/${name}`, out: folder };
  const { iterations } = await train({ ...own, keep: 20 });
  const first = await load(folder, own.iterations);
  return { first, last: await load(folder, iterations), iterations };
}

for (
  const [name, parts, shifts, statistics] of [
    ["crt+nbn", ["params/head/"], "all"],
    ["crt+nbn+lr", ["params/head/"], "lr", "fixed"],
    ["crt-magnitude+nbn", ["params/head/", "params/nbn/magnitude"], "all"],
    ["lws", ["params/lws/"], "none", "fixed"],
    ["disalign", ["params/disalign/"], "none"],
    ["ltr-wd", ["params/head/"], "all"],
  ] as const
) {
  testOnBackends(
    `${name} trains ${parts.join(" and ")} in its second stage, and nothing else`,
    () =>
      inFolder(async (folder) => {
        const { first, last } = await twoStages(folder, name, { statistics });
        // Parameters trained only in the second stage have their initial values.
        for (const [path, found] of first) {
          if (!/^params\/(lws|disalign)\//.test(path)) continue;
          assertEquals(new Set(found), new Set([path.endsWith("/scale") ? 1 : 0]), path);
        }
        const learned = changed(first, last, "params");
        assert(learned.every((path) => parts.some((part) => path.startsWith(part))), `${learned}`);
        for (const part of parts) assert(learned.some((path) => path.startsWith(part)), part);
        const moved = changed(first, last, "state");
        const all = [...last.keys()].filter((path) => path.startsWith("state/"));
        const own = ["state/lr/mean", "state/lr/variance"];
        assertEquals(moved, shifts === "all" ? all : shifts === "lr" ? own : []);
        assert([...last.keys()].filter((path) => path.startsWith("optimizer/")).length <= 4);
      }),
    WASM_FIRST,
  );
}

testOnBackends(
  "MiSLAS trains scales and, with a lower rate, the head, and shifts the statistics of its data",
  () =>
    inFolder(async (folder) => {
      const { first, last } = await twoStages(`${folder}/fixed`, "mislas");
      assertEquals(
        changed(first, last, "params").map((path) => path.split("/")[1]),
        ["head", "head", "lws"],
      );
      assertEquals(changed(first, last, "state"), []);
      const setting = { iterations: 200, batch: 8, counts: [500, 5], augment: [] };
      const [, second] = recipe("cifar100-lt/mislas").stages(setting);
      assertEquals([second.iterations, second.statistics], [10, "shifting"]);
      const stages = [{
        ...recipe("builtin/mislas").stages({ ...setting, counts })[1],
        iterations: 3,
        statistics: "shifting" as const,
      }];
      const network = recipe("builtin/mislas").network(10);
      const own = { ...short, augment: undefined, network, stages, out: `${folder}/shifting` };
      await train({ ...own, checkpointEvery: 1, keep: 9 });
      const [one, three] = [await load(own.out, 1), await load(own.out, 3)];
      assert(changed(one, three, "state").some((path) => path.includes("stage1/block1/bn1/mean")));
      assert(changed(one, three, "params").every((path) => /^params\/(head|lws)\//.test(path)));
    }),
  WASM_FIRST,
);

testOnBackends(
  "iif-head trains by cross-entropy first and then with inverse image frequencies",
  () =>
    inFolder(async (folder) => {
      const { first, last } = await twoStages(folder, "iif-head");
      assertEquals(changed(first, last, "params"), ["params/head/weight"]);
      assertEquals(changed(first, last, "state"), ["state/iif/factors"]);
      assertEquals(first.get("state/iif/factors"), Array(10).fill(1));
      assertClose(last.get("state/iif/factors")!, iifWeights(counts, { form: "smooth" }), 1e-6);
      const setting = { iterations: 400, batch: 8, counts, augment: [] };
      const of = (name: string) => recipe(name).stages(setting)[1];
      const recorded = ["cifar100-lt/iif-head", "imagenet-lt/iif-head"].map(of)
        .map(({ iterations, schedule }) => [iterations, schedule(0), schedule(iterations - 1)]);
      assertEquals(recorded, [[20, 1e-4, 1e-4], [10, 2e-5, 2e-5]]);
    }),
  WASM_FIRST,
);

testOnBackends(
  "LTR-WD keeps the weight limits measured after the first stage",
  () =>
    inFolder(async (folder) => {
      const { first, last } = await twoStages(folder, "ltr-wd");
      const weight = (of: Map<string, number[]>) =>
        tf.tensor2d(of.get("params/head/weight")!, [64, 10]);
      const limit = maxNormThreshold(weight(first));
      assertAlmostEquals(last.get("memory/threshold")![0], limit, 1e-6);
      const lengths = weight(last).square().sum(0).sqrt().dataSync();
      for (const length of lengths) assert(length <= limit * (1 + 1e-5), `${length} > ${limit}`);
    }),
  WASM_FIRST,
);

for (const tokens of ["xerm", "ride2+xerm"]) {
  testOnBackends(
    `the teacher of ${tokens} is the network at the start of the second stage`,
    () =>
      inFolder(async (folder) => {
        const { first, last, iterations } = await twoStages(folder, tokens, { iterations: 3 });
        assertEquals(iterations, 6);
        const taught = [...last].filter(([path]) => path.startsWith("memory/teacher/params/"));
        assert(taught.length > 10);
        for (const [path, found] of taught) {
          assertEquals(found, first.get(path.replace("memory/teacher/", "")), path);
        }
        assert(changed(first, last, "params").length > 10);
      }),
    WASM_FIRST,
  );
}

Deno.test("xERM with RIDE trains its student equally long with earlier rate decay", () => {
  const setting = { iterations: 100, batch: 128, counts, augment: [] };
  const [teacher, student] = recipe("cifar100-lt/ride3+xerm").stages(setting);
  const fall = ({ schedule }: Stage) => [59, 60, 79, 80].map((step) => schedule(step));
  assertEquals(fall(teacher).map((rate) => Number(rate.toPrecision(6))), [0.1, 0.1, 0.1, 0.001]);
  assertEquals(fall(student).map((rate) => Number(rate.toPrecision(6))), [0.1, 1e-3, 1e-3, 1e-5]);
  assertEquals([student.iterations, student.loss.uses], [100, ["experts", "teacher"]]);
});

/** Stages: all parameters, other images, a new classifier, class means. */
const network = recipe("builtin/ce+ncm+nbn+lr").network(10);
const base: Stage = {
  name: "training",
  iterations: 3,
  loss: crossEntropy(),
  sampler: recipe("builtin/ce").stages({ iterations: 3, batch: 8, counts: [1], augment: [] })[0]
    .sampler,
  augment: [{ name: "flip" }],
  schedule: constantSchedule(0.1),
  optimizer: sgd({ weightDecay: 5e-4 }),
};
const [mixing] = recipe("builtin/cmo")
  .stages({ iterations: 3, batch: 8, counts: [1], augment: [] });
const stages: Stage[] = [
  base,
  { ...base, name: "re-sampled", sampler: classBalancedSampler, continues: true },
  {
    ...base,
    name: "classifier",
    trains: ["head", "lr"],
    begin: reinitialise(["head"]),
    mixing: mixing.mixing,
  },
  recipe("builtin/ncm").stages({ iterations: 3, batch: 8, counts: [1], augment: [] })[1],
];
const own: TrainOptions = { ...short, augment: undefined, network, stages };

testOnBackends(
  "a training of stages resumes within and at the end of any stage, bit for bit",
  () =>
    inFolder(async (folder) => {
      const out = `${folder}/whole`;
      const seen: string[] = [];
      const whole = await train({
        ...own,
        out,
        checkpointEvery: 1,
        evaluateEvery: 100,
        keep: 20,
        onProgress: (event) =>
          event.kind === "stage" && seen.push(`${event.stage} ${event.stageName} ${event.step}`),
      });
      assertEquals(seen, ["2 re-sampled 3", "3 classifier 6", "4 ncm 9"]);
      const expected = await load(out, 9);
      for (const step of [2, 3, 5, 8]) {
        const part = `${folder}/part${step}`;
        await Deno.mkdir(part);
        for (const file of ["config.json", "metrics.csv", `checkpoint-${step}.safetensors`]) {
          await Deno.copyFile(`${out}/${file}`, `${part}/${file}`);
        }
        const rest = { ...own, out: part, checkpointEvery: 1, evaluateEvery: 100, resume: true };
        const resumed = await train(rest);
        assertEquals([resumed.perClass, resumed.loss], [whole.perClass, whole.loss]);
        assertEquals(await load(part, 9), expected, `from step ${step}`);
        const metrics = (path: string) => Deno.readTextFile(`${path}/metrics.csv`);
        assertEquals(await metrics(part), await metrics(out), `from step ${step}`);
      }
      const { stage, step, position } = await loadCheckpoint(`${out}/checkpoint-8.safetensors`);
      assertEquals([stage, step, position], [2, 8, 16]);

      const rows = parse(await Deno.readTextFile(`${out}/metrics.csv`), { skipFirstRow: true });
      assertEquals(rows.map(({ step, stage }) => `${step}:${stage}`), [
        ...["1:1", "2:1", "3:1", "4:2", "5:2", "6:2", "7:3", "8:3", "9:3", "9:4"],
      ]);
      assertEquals(rows.map(({ all }) => all !== ""), rows.map((_, i) => [2, 5, 8, 9].includes(i)));
      const config = JSON.parse(await Deno.readTextFile(`${out}/config.json`));
      assertEquals(
        config.training.stages.map((
          { name, iterations, trains, begin, continues, mixing }: Record<string, unknown>,
        ) => [name, iterations, trains, begin, continues, mixing]),
        [
          ["training", 3, "all", undefined, undefined, undefined],
          ["re-sampled", 3, "all", undefined, true, undefined],
          ["classifier", 3, ["head", "lr"], "new head", undefined, "cmo"],
          [
            "ncm",
            0,
            undefined,
            "class means of the training features measured",
            undefined,
            undefined,
          ],
        ],
      );
      const { all } = await evaluateRun(out, { data, network });
      assertEquals(all, whole.all);
      const summaries = ["whole", "part2", "part5", "part8"].map((run) =>
        JSON.parse(Deno.readTextFileSync(`${folder}/${run}/summary.json`)).stages
      );
      const ends = [2, 5, 8, 9].map((row) => Number(rows[row].all));
      for (const found of summaries) {
        assertEquals(found.map(({ all }: { all: number }) => all), ends);
        assertEquals(found[3].name, "ncm");
      }
    }),
  WASM_FIRST,
);

testOnBackends("a training of stages leaks no tensors", async () => {
  // Leaks are detected by tests/backends.ts.
  const { iterations, all } = await train(own);
  assertEquals([iterations, all !== null], [9, true]);
  await train({ ...short, recipe: "builtin/xerm", iterations: 1 });
}, { only: ["tensorflow", "wasm"] });

Deno.test("a training of several stages can be aborted and leaks no tensors", async () => {
  const before = tf.memory().numTensors;
  const controller = new AbortController();
  const onProgress = (event: TrainEvent) => {
    if (event.kind === "step" && event.step === 4) controller.abort();
  };
  const stopped = await train({ ...own, onProgress, signal: controller.signal });
  assert(stopped.iterations >= 4 && stopped.iterations < 9);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("train() throws on invalid stages before the first step", async () => {
  const [first] = stages;
  await assertRejects(
    () => train({ ...own, stages: [first, { ...first, trains: ["lws"] }] }),
    UsageError,
    "which the stage training trains",
  );
  await assertRejects(() => train({ ...own, stages: [] }), TypeError, "at least one");
  await assertRejects(() => train({ ...own, iterations: 3 }), TypeError, "found iterations");
  await assertRejects(
    () => train({ ...short, recipe: "builtin/cmo", loss: crossEntropy() }),
    TypeError,
    "goes with cmo",
  );
});

/** An untrained network between two stages. */
function moment(name: string): StageTransition {
  const network = recipe(`builtin/${name}`).network(10, counts);
  const { params, state } = network.init(3, data.train.shape);
  return { network, params, state, data, counts, seed: 0, precision: "float32" };
}

/** Computes logits and features of all training images in one batch. */
function found({ network, params, state }: StageTransition) {
  const set = data.train;
  if (set.images.kind !== "pixels") throw new TypeError("Expected pixels");
  const { pixels } = set.images;
  const normalised = Float32Array.from(
    pixels,
    (value, i) => (value / 255 - set.mean[i % 3]) / set.std[i % 3],
  );
  let features!: tf.Tensor;
  const { y } = network.apply(
    params,
    state,
    tf.tensor(normalised, [set.labels.length, ...set.shape]),
    { training: false, tap: (name, x) => name === "embedding" ? features = x : x },
  );
  return { logits: y.arraySync() as number[][], features: features.arraySync() as number[][] };
}

Deno.test("LogN's statistics equal those of the training logits", async () => {
  const between = moment("logn");
  const stage = recipe("builtin/logn").stages({ iterations: 1, batch: 8, counts, augment: [] })[1];
  const { state } = await stage.begin!.change(between);
  const { logits } = found(between);
  const mean = counts.map((_, c) => logits.reduce((sum, row) => sum + row[c], 0) / logits.length);
  const deviation = counts.map((_, c) =>
    Math.sqrt(logits.reduce((sum, row) => sum + (row[c] - mean[c]) ** 2, 0) / logits.length)
  );
  const shift = [...state!.get("logn/shift")!.dataSync()];
  shift.forEach((value, c) => assertAlmostEquals(value, mean[c] - Math.min(...mean), 1e-4));
  [...state!.get("logn/deviation")!.dataSync()]
    .forEach((value, c) => assertAlmostEquals(value, deviation[c], 1e-4 * deviation[c] + 1e-6));
});

Deno.test("NCM's means equal those of the centred, normalised training features", async () => {
  const between = moment("ncm");
  const stage = recipe("builtin/ncm").stages({ iterations: 1, batch: 8, counts, augment: [] })[1];
  const { state } = await stage.begin!.change(between);
  const { features } = found(between);
  const channels = features[0].length;
  const centre = Array.from(
    { length: channels },
    (_, i) => features.reduce((sum, row) => sum + row[i], 0) / features.length,
  );
  const [first] = Array.from({ length: 10 }, (_, c) => {
    const own = features.filter((_, image) => data.train.labels[image] === c).map((row) => {
      const d = row.map((value, i) => value - centre[i]);
      const length = Math.hypot(...d);
      return d.map((value) => value / length);
    });
    return centre.map((_, i) => own.reduce((sum, row) => sum + row[i], 0) / own.length);
  });
  const means = [...state!.get("ncm/means")!.dataSync()].slice(0, channels);
  means.forEach((value, i) => assertAlmostEquals(value, first[i], 1e-3));
  assertEquals([...state!.get("ncm/known")!.dataSync()], [1]);
});

Deno.test("τ is the smallest of the best values on the training images", async () => {
  const between = moment("tau-norm");
  const { features } = found(between);
  // Class means, and a class with long features, which requires τ > 0.
  const head = between.params.head as Record<string, tf.Tensor>;
  head.weight = tf.tensor2d(counts.map((count, c) =>
    features[0].map((_, i) =>
      features.reduce(
        (sum, row, image) => sum + (data.train.labels[image] === c ? row[i] : 0),
        0,
      ) / count * (c === 0 ? 50 : 1)
    )
  )).transpose();
  const stage =
    recipe("builtin/tau-norm").stages({ iterations: 1, batch: 8, counts, augment: [] })[1];
  const { params, memory } = await stage.begin!.change(between);
  const [tau] = (memory!.tau as tf.Tensor).dataSync();
  const weight = head.weight.arraySync() as number[][];
  const lengths = counts.map((_, c) => Math.hypot(...weight.map((row) => row[c])));
  const accuracy = (tau: number) => {
    const right = counts.map(() => 0);
    features.forEach((row, image) => {
      const scores = counts.map((_, c) =>
        row.reduce((sum, value, i) => sum + value * weight[i][c], 0) / lengths[c] ** tau
      );
      const label = data.train.labels[image];
      if (scores.indexOf(Math.max(...scores)) === label) right[label]++;
    });
    return right.reduce((sum, value, c) => sum + value / counts[c], 0) / counts.length;
  };
  const grid = Array.from({ length: 21 }, (_, i) => i / 10);
  const best = Math.max(...grid.map(accuracy));
  assert(best > accuracy(0));
  assertAlmostEquals(tau, grid.find((tau) => accuracy(tau) === best)!, 1e-6);
  const fresh = params!.get("head/weight")!.arraySync() as number[][];
  assertAlmostEquals(fresh[5][0], weight[5][0] / lengths[0] ** tau, 1e-5);
  assertEquals([...params!.get("head/bias")!.dataSync()], counts.map(() => 0));
});

for (const name of ["post-hoc-adjust", "logn", "disalign", "iif-smooth"]) {
  Deno.test(`a run of ${name} is reopened by name with equal accuracy`, () =>
    inFolder(async (folder) => {
      const own = { ...short, recipe: `builtin/${name}`, iterations: 3, out: folder };
      const { all, perClass } = await train(own);
      const again = await evaluateRun(folder, { data });
      assertEquals([again.all, again.perClass], [all, perClass]);
    }));
}
