/**
 * `deno task train` on the command line.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { parse } from "@std/csv";
import { BusyError } from "../../lib/core/errors.ts";
import { flatten } from "../../lib/core/tree.ts";
import { engine } from "../../lib/engine/engine.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { openRunFolder } from "../../lib/runs/run_folder.ts";
import { testWithPlugin } from "../engine/pjrt/plugin.ts";
import { ALL } from "../long.ts";
import { assertRefuses, command, inFolder, task } from "./task.ts";

await engine();

const SHORT = [
  "--iterations",
  "12",
  "--batch",
  "8",
  "--checkpoint-every",
  "4",
  "--evaluate-every",
  "12",
];

Deno.test("train writes a table, a run folder and JSON", () =>
  inFolder(async (folder) => {
    const { code, stdout, stderr } = await task(
      "train",
      ...SHORT,
      ...["--recipe", "builtin/ce+nbn+lr", "--out", `${folder}/run`, "--json"],
    );
    assertEquals(code, 0, stderr);
    const lines = stdout.trim().split("\n");
    assertStringIncludes(lines[1], "All    Head  Medium    Tail");
    const [row, ...more] = JSON.parse(lines.at(-1)!);
    assertEquals(more, []);
    assertEquals(Object.keys(row), [
      ...["recipe", "seed", "iterations", "precision", "backend", "loss", "all", "mean", "head"],
      ...["medium", "tail", "groups", "perClass", "testImages", "evaluatedOn"],
      ...["stepMs", "imagesPerSecond", "out"],
    ]);
    assertEquals([row.recipe, row.seed, row.iterations], ["builtin/ce+nbn+lr", 0, 12]);
    assertEquals(lines[0], "Accuracy in percent on the balanced test set");
    assertEquals([row.mean.toFixed(6), row.testImages[3]], [row.all.toFixed(6), row.testImages[0]]);
    for (const group of ["all", "head", "medium", "tail"]) {
      assert(row[group] >= 0 && row[group] <= 100);
    }
    const files = [...Deno.readDirSync(`${folder}/run`)].map(({ name }) => name).sort();
    assertEquals(files.filter((name) => !name.startsWith("events")), [
      ...["checkpoint-12.safetensors", "checkpoint-8.safetensors", "config.json", "metrics.csv"],
      "summary.json",
    ]);
    const rows = parse(await Deno.readTextFile(`${folder}/run/metrics.csv`), {
      skipFirstRow: true,
    });
    assertEquals(rows.map(({ step }) => Number(step)), Array.from({ length: 12 }, (_, i) => i + 1));
    assertEquals(Number(rows[0]["magnitude:nbn/magnitude"]), 1);
    for (const vector of ["weight", "bias"]) {
      const derivative = Number(rows[5][`gradient:stage3/block1/bn2/${vector}`]);
      assertEquals(Number(rows[5][`sign:stage3/block1/bn2/${vector}`]), Math.sign(derivative));
    }
    assertEquals(Number(rows[11].all), row.all);
    const summary = JSON.parse(await Deno.readTextFile(`${folder}/run/summary.json`));
    assertEquals(summary.confusion.length, 10);
    const config = JSON.parse(await Deno.readTextFile(`${folder}/run/config.json`));
    assertEquals(config.training.counts, [500, 299, 179, 107, 64, 38, 23, 13, 8, 5]);
  }));

Deno.test("train --profile prints the time per part of a step and trains nothing", async () => {
  const { code, stdout, stderr } = await task(
    "train",
    ...["--profile", "--recipe", "builtin/ce,builtin/dtrg", "--batch", "8"],
  );
  if ((await engine()).backend !== "tensorflow") {
    assertStringIncludes(stderr, "Expected the tensorflow backend");
    return;
  }
  assertEquals(code, 0, stderr);
  assertMatch(stdout, /^builtin\/ce: [\d.]+ ms in \d+ operations/);
  assertMatch(stdout, /^builtin\/dtrg: [\d.]+ ms in \d+ operations/m);
  assertMatch(stdout, /Conv2DBackpropFilter +float32 +\[3,3,16,16\] +\d+ +[\d.]+ +[\d.]+ %/);
});

/** Kills a training on a device, resumes it and compares it with one that was not killed. */
function killAndResume(device: string): Promise<void> {
  return inFolder(async (folder) => {
    const args = (out: string) => [
      ...["--device", device],
      ...["--recipe", "builtin/ce+nbn+lr", "--iterations", "60", "--batch", "8"],
      ...["--checkpoint-every", "10", "--evaluate-every", "60", "--out", `${folder}/${out}`],
    ];
    const whole = await task("train", ...args("whole"));
    assertEquals(whole.code, 0, whole.stderr);

    const killed = command("train", args("killed")).spawn();
    const there = (step: number) =>
      Deno.stat(`${folder}/killed/checkpoint-${step}.safetensors`).then(() => true, () => false);
    while (!await there(20)) await new Promise((resolve) => setTimeout(resolve, 5));
    killed.kill("SIGKILL");
    await killed.stdout.cancel();
    await killed.stderr.cancel();
    assertEquals((await killed.status).signal, "SIGKILL");
    assert(!await there(60), "the run was over before it could be killed");

    const resumed = await task("train", ...args("killed"), "--resume");
    assertEquals(resumed.code, 0, resumed.stderr);
    assertStringIncludes(resumed.stderr, "resuming from step");
    assertEquals(await tensors(`${folder}/killed`), await tensors(`${folder}/whole`));
    const steps = parse(await Deno.readTextFile(`${folder}/killed/metrics.csv`), {
      skipFirstRow: true,
    }).map(({ step }) => Number(step));
    assertEquals(steps, Array.from({ length: 60 }, (_, i) => i + 1));
  });
}

Deno.test(
  "train killed by kill -9 resumes with --resume to the same parameters, bit for bit",
  () => killAndResume("cpu"),
);

if (ALL) {
  testWithPlugin(
    "train killed by kill -9 on an accelerator resumes to the same parameters, bit for bit (long)",
    () => killAndResume("cpu-plugin"),
  );
}

/** Returns the bytes of every tensor of the last checkpoint. */
async function tensors(run: string): Promise<[string, string][]> {
  const { params, state, optimizer } = await loadCheckpoint(`${run}/checkpoint-60.safetensors`);
  return Object.entries({ params, state, optimizer }).flatMap(([tree, values]) =>
    flatten(values).map(([path, tensor]) => {
      const bytes = new Uint8Array(new Float32Array(tensor.dataSync()).buffer);
      tensor.dispose();
      return [`${tree}/${path}`, bytes.toHex()] as [string, string];
    })
  );
}

Deno.test("train writes a checkpoint and exits at Ctrl-C, and resumes with --resume", () =>
  inFolder(async (folder) => {
    const args = ["--recipe", "builtin/ce", "--iterations", "200", "--batch", "8", "--out", folder];
    const child = command("train", [...args, "--evaluate-every", "200"]).spawn();
    const metrics = () => Deno.readTextFile(`${folder}/metrics.csv`).catch(() => "");
    while ((await metrics()).split("\n").length < 40) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const own = { training: {}, versions: {}, engine: {} };
    await assertRejects(
      () => openRunFolder(folder, own, { resume: true, keep: 2 }),
      BusyError,
      `the run folder ${folder} to be free but found it in use by process ${child.pid} on`,
    );
    child.kill("SIGINT");
    const { code, stdout, stderr } = await child.output();
    assertEquals(code, 130);
    assertStringIncludes(new TextDecoder().decode(stderr), "stopped after step");
    assertStringIncludes(new TextDecoder().decode(stdout), "–");
    const [checkpoint] = [...Deno.readDirSync(folder)].filter(({ name }) =>
      name.endsWith(".safetensors")
    );
    const step = Number(/\d+/.exec(checkpoint.name)![0]);
    assert(step >= 39 && step < 200);
    const more = await task("train", ...args, "--evaluate-every", "200", "--resume");
    assertStringIncludes(more.stderr, `resuming from step ${step}`);
    assertEquals(more.code, 0);
  }));

Deno.test("train refuses invalid flags in one line", async () => {
  const cases: [string[], string][] = [
    [["--bogus"], "Unknown option '--bogus'"],
    [["extra"], "Unexpected argument 'extra'"],
    [["--recipe", "builtin/nonsense"], 'found "nonsense"'],
    [["--recipe", "elsewhere/ce"], 'found "elsewhere"'],
    [["--recipe", "builtin/ce+focal"], "found ce and focal"],
    [["--recipe", "builtin/nbn"], "one loss"],
    [["--recipe", "builtin/ce", "--recipe", "builtin/ce"], "found builtin/ce twice"],
    [["--imbalance", "0.5"], '--imbalance to be a number of at least 1 but found "0.5"'],
    [["--imbalance", "100000"], "lower the imbalance"],
    [["--iterations", "0"], "--iterations to be an integer of at least 1"],
    [["--batch", "many"], '--batch to be an integer of at least 1 but found "many"'],
    [["--seed", "-1"], "--seed"],
    [["--precision", "float64"], 'float32 or bf16 but found "float64"'],
    [["--resume"], "Expected --out with --resume"],
    [["--recipe", "cifar10-lt/ce"], "Expected --data"],
    [["--recipe", "cifar10-lt/ce", "--data", "nowhere"], "nowhere"],
    [["--recipe", "builtin/ce", "--data", "."], "Expected no --data"],
    [["--recipe", "builtin/ce", "--out", "/dev/null/run", "--iterations", "1"], "/dev/null/run"],
  ];
  for (const [args, message] of cases) await assertRefuses("train", args, message);
});

Deno.test("train neither overwrites another run nor resumes one with different settings", () =>
  inFolder(async (folder) => {
    const args = ["--recipe", "builtin/ce", "--out", folder, "--batch", "8", "--iterations", "1"];
    assertEquals((await task("train", ...args)).code, 0);
    await assertRefuses("train", args, "Expected");
    await assertRefuses(
      "train",
      ["--recipe", "builtin/ce", "--out", folder, "--batch", "16", "--resume"],
      "Expected",
    );
    await assertRefuses(
      "train",
      ["--recipe", "builtin/focal", "--out", folder, "--batch", "8", "--resume"],
      "Expected recipe",
    );
  }));

Deno.test("evaluate reproduces the accuracies of the training", () =>
  inFolder(async (folder) => {
    const trained = await task(
      "train",
      ...["--recipe", "builtin/ce", "--out", folder, "--batch", "8", "--iterations", "5", "--json"],
      ...["--evaluate-every", "5"],
    );
    const [row] = JSON.parse(trained.stdout.trim().split("\n").at(-1)!);
    const { code, stdout, stderr } = await task("evaluate", folder, "--json");
    assertEquals(code, 0, stderr);
    const evaluation = JSON.parse(stdout.trim().split("\n").at(-1)!);
    assertEquals([evaluation.all, evaluation.perClass], [row.all, row.perClass]);

    const checkpoint = `${folder}/checkpoint-5.safetensors`;
    await assertRefuses("evaluate", [], "Expected one run folder or checkpoint");
    await assertRefuses("evaluate", [`${folder}/nothing`], "Expected a run folder or a checkpoint");
    await assertRefuses(
      "evaluate",
      [checkpoint, "--recipe", "builtin/ce+nbn"],
      "Expected",
    );
    const bytes = await Deno.readFile(checkpoint);
    await Deno.writeFile(checkpoint, bytes.subarray(0, 1000));
    await assertRefuses("evaluate", [checkpoint], checkpoint);
  }));

Deno.test("sweep trains every recipe with every seed and resumes where it stopped", () =>
  inFolder(async (folder) => {
    const args = [
      ...["--recipe", "builtin/ce,builtin/balanced-softmax", "--seeds", "0,1", "--iterations", "1"],
      ...["--batch", "8", "--out", folder],
    ];
    const { code, stdout, stderr } = await task("sweep", ...args);
    assertEquals(code, 0, stderr);
    assertStringIncludes(stdout, "builtin/balanced-softmax");
    assertStringIncludes(stdout, "±");
    const rows = parse(await Deno.readTextFile(`${folder}/sweep.csv`), { skipFirstRow: true });
    assertEquals(rows.map(({ recipe, seed }) => `${recipe} ${seed}`), [
      ...["builtin/ce 0", "builtin/balanced-softmax 0"],
      ...["builtin/ce 1", "builtin/balanced-softmax 1"],
    ]);
    const again = await task("sweep", ...args, "--resume");
    assertEquals([again.code, again.stdout], [0, stdout]);
    await assertRefuses("sweep", ["--seeds", "0"], "Expected --out");
    await assertRefuses("sweep", ["--seeds", "x", "--out", folder], "--seeds");
  }));
