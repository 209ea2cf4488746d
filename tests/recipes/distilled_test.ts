/**
 * Trainings whose stages train different networks: a teacher first, then its student.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { parse } from "@std/csv";
import { CheckpointError } from "../../lib/core/errors.ts";
import { disposeTree, flatten, type Params } from "../../lib/core/tree.ts";
import { engine } from "../../lib/engine/engine.ts";
import { crossEntropy, softCrossEntropy, withTeacher } from "../../lib/losses/mod.ts";
import { resnetCifar } from "../../lib/nn/mod.ts";
import { instanceBalancedSampler } from "../../lib/samplers/mod.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { evaluateRun } from "../../lib/runs/evaluate_run.ts";
import { openRun } from "../../lib/runs/open_run.ts";
import { constantSchedule, sgd } from "../../lib/optim/mod.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import type { TrainEvent } from "../../lib/loop/progress.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { keepTeacher } from "../../lib/loop/stages/teacher.ts";
import type { Stage } from "../../lib/loop/stages/stage.ts";
import { train } from "../../lib/train/train.ts";
import { testOnBackends, WASM_FIRST } from "../backends.ts";
import { inFolder } from "../in_folder.ts";
import { smallImages } from "../train/small_images.ts";

await engine();

const data = smallImages({ side: 8, max: 8, imbalance: 4 });
const counts = [8, 7, 6, 5, 4, 4, 3, 3, 2, 2];
const own: TrainOptions = {
  recipe: "builtin/ride2+distilled+nbn+lr",
  data,
  batch: 4,
  iterations: 2,
  workers: 0,
  evaluateEvery: 100,
  checkpointEvery: 1,
  keep: 20,
};

/** Returns all values of a checkpoint, by path. */
async function load(folder: string, step: number) {
  const { params, state, optimizer, loss = {}, memory = {}, ...rest } = await loadCheckpoint(
    `${folder}/checkpoint-${step}.safetensors`,
  );
  const all = { params, state, optimizer, loss, memory };
  const values = new Map(flatten(all).map(([path, tensor]) => [path, [...tensor.dataSync()]]));
  disposeTree(all as Params);
  return { values, network: rest.network, stage: rest.stage };
}

testOnBackends(
  "distilled trains a teacher of six experts, and then the recipe's experts as its student",
  () =>
    inFolder(async (out) => {
      const seen: string[] = [];
      const { iterations, all } = await train({
        ...own,
        out,
        onProgress: (event) => {
          if (event.kind === "start") seen.push(event.network);
          if (event.kind === "stage") seen.push(`${event.stageName} ${event.step}`);
        },
      });
      assertEquals([iterations, ...seen], [4, "resnet8-6experts", "student 2"]);
      const [teacher, student] = [await load(out, 2), await load(out, 4)];
      assertEquals([teacher.network, teacher.stage], ["resnet8-6experts", 0]);
      assertEquals([student.network, student.stage], ["resnet8-2experts", 1]);
      const experts = ({ values }: typeof student, tree: string) => {
        const paths = [...values.keys()].filter((path) => path.startsWith(`${tree}/`));
        return new Set(paths.flatMap((path) => /expert\d/.exec(path) ?? [])).size;
      };
      for (const [found, count] of [[teacher, 6], [student, 2]] as const) {
        const trees = ["params", "state", "optimizer"];
        assertEquals(trees.map((tree) => experts(found, tree)), trees.map(() => count));
      }
      // The teacher equals the result of the first stage and does not change.
      const remembered = [...student.values].filter(([path]) => path.startsWith("memory/teacher/"));
      const learned = [...teacher.values].filter(([path]) => /^(params|state)\//.test(path));
      assertEquals(
        new Map(remembered.map(([path, found]) => [path.replace("memory/teacher/", ""), found])),
        new Map(learned),
      );
      const rows = parse(await Deno.readTextFile(`${out}/metrics.csv`), { skipFirstRow: true });
      assertEquals(rows.map(({ step, stage }) => `${step}:${stage}`), ["1:1", "2:1", "3:2", "4:2"]);
      const sixth = rows.map((row) => row["magnitude:expert6/nbn/magnitude"] !== "");
      assertEquals(sixth, [true, true, false, false]);
      const { training } = JSON.parse(await Deno.readTextFile(`${out}/config.json`));
      assertEquals(
        training.stages.map(({ name, network }: Record<string, string>) => [name, network]),
        [["teacher", "resnet8-6experts"], ["student", undefined]],
      );
      assertEquals(training.network, "resnet8-2experts");
      const { stages } = JSON.parse(await Deno.readTextFile(`${out}/summary.json`));
      assertEquals(stages.map(({ name }: { name: string }) => name), ["teacher", "student"]);
      assertEquals((await evaluateRun(out, { data })).all, all!);
    }),
  WASM_FIRST,
);

testOnBackends(
  "distilled resumes in either stage bit for bit from its folder alone",
  () =>
    inFolder(async (folder) => {
      const out = `${folder}/whole`;
      const whole = await train({ ...own, out });
      const expected = await load(out, 4);
      for (const step of [1, 2, 3]) {
        const part = `${folder}/part${step}`;
        await Deno.mkdir(part);
        for (const file of ["config.json", "metrics.csv", `checkpoint-${step}.safetensors`]) {
          await Deno.copyFile(`${out}/${file}`, `${part}/${file}`);
        }
        const resumed = await train({ ...own, out: part, resume: true });
        assertEquals([resumed.perClass, resumed.loss], [whole.perClass, whole.loss]);
        assertEquals(await load(part, 4), expected, `from step ${step}`);
      }
      const student = await openRun(out, { data });
      assertEquals([student.network.name, student.step], ["resnet8-2experts", 4]);
      student.dispose();
      // A run in its first stage is opened as the teacher.
      const path = `${out}/checkpoint-1.safetensors`;
      const teacher = await openRun(path, { data });
      assertEquals([teacher.network.name, teacher.step], ["resnet8-6experts", 1]);
      teacher.dispose();
      const { network } = student;
      await assertRejects(() => openRun(path, { data, network }), CheckpointError, "differs");
    }),
  WASM_FIRST,
);

Deno.test("RIDE's distillation has the length and inputs of its authors' code", () => {
  const setting = { iterations: 1000, batch: 128, counts, augment: [] };
  for (
    const [dataSet, warmup] of [["cifar100-lt", 100], ["imagenet-lt", 50]] as const
  ) {
    const [teacher, student] = recipe(`${dataSet}/ride3+distilled`).stages(setting);
    const [alone] = recipe(`${dataSet}/ride3`).stages(setting);
    assertEquals([teacher.name, student.name], ["teacher", "student"]);
    assertEquals([teacher.iterations, student.iterations], [1000, 1000]);
    assert(teacher.network?.name.endsWith("6experts") && student.network === undefined);
    assertEquals(teacher.loss.uses, ["experts"]);
    assertEquals(student.loss.uses, ["experts", "teacher"]);
    const peak = student.schedule(warmup), before = student.schedule(warmup - 2);
    assert(before < peak && student.schedule(warmup + 1) === peak);
    for (const step of [599, 600, 799, 800, 900]) {
      assertEquals([teacher, student].map(({ schedule }) => schedule(step)), [
        alone.schedule(step),
        alone.schedule(step),
      ]);
    }
  }
});

/** A large teacher and a small student. */
const [large, small] = [14, 8].map((depth) => resnetCifar({ depth, width: 0.25, classes: 10 }));
const teaching: Stage = {
  name: "teacher",
  network: large,
  iterations: 2,
  loss: crossEntropy(),
  sampler: instanceBalancedSampler,
  augment: [],
  schedule: constantSchedule(0.1),
  optimizer: sgd(),
};
const following: Stage = {
  ...teaching,
  name: "student",
  network: undefined,
  loss: withTeacher((student, teacher) => softCrossEntropy(student, teacher.softmax())),
  begin: keepTeacher(),
};

testOnBackends(
  "custom stages have separate networks and leak no tensors",
  async () => {
    const stages = [teaching, following, { ...following, begin: undefined, loss: crossEntropy() }];
    const names: string[] = [];
    const { iterations, loss } = await train({
      data,
      network: small,
      stages,
      batch: 4,
      workers: 0,
      onProgress: (event) => event.kind === "start" && names.push(event.network),
    });
    assertEquals([names, iterations], [["resnet14-x0.25"], 6]);
    assert(Number.isFinite(loss));
    await train({ ...own, iterations: 1 });
  },
  { only: ["tensorflow", "wasm"] },
);

Deno.test("a training of several networks can be stopped and resumed", () =>
  inFolder(async (out) => {
    const run = { data, network: small, stages: [teaching, following], batch: 4, workers: 0, out };
    const controller = new AbortController();
    const onProgress = (event: TrainEvent) => {
      if (event.kind === "step" && event.step === 1) controller.abort();
    };
    const stopped = await train({ ...run, onProgress, signal: controller.signal });
    assert(stopped.iterations < 4);
    assertEquals((await train({ ...run, resume: true })).iterations, 4);
  }));
