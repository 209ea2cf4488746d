/**
 * `deno task sweep` divided among the processes of a job array.
 *
 * @module
 */
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { parse } from "@std/csv";
import { UsageError } from "../../lib/core/errors.ts";
import { taskShare } from "../../lib/cli/train/task_share.ts";
import { sweepJobs } from "../../lib/train/sweep.ts";
import { assertRefuses, inFolder, task } from "./task.ts";

Deno.test("concurrent processes of a sweep run every training exactly once", () => {
  const recipes = ["builtin/ce", "builtin/focal", "builtin/crt"], seeds = [0, 1, 2, 3];
  for (const count of [1, 2, 5, 12, 20]) {
    const fractions = Array.from(
      { length: count },
      (_, id) => sweepJobs(recipes, seeds, { id, count }),
    );
    const folders = fractions.flat().map(({ folder }) => folder);
    assertEquals(new Set(folders).size, 12);
    assertEquals(folders.length, 12);
    const sizes = fractions.map(({ length }) => length);
    assertEquals(Math.max(...sizes) - Math.min(...sizes) <= 1, true);
  }
});

Deno.test("Slurm's variables determine the task, for every first index and step of the array", () => {
  const slurm = (variables: Record<string, string>) =>
    taskShare({ "task-id": "slurm" }, (name) => variables[name.replace("SLURM_ARRAY_TASK_", "")]);
  assertEquals(slurm({ ID: "0", COUNT: "4" }), { id: 0, count: 4 });
  assertEquals(slurm({ ID: "7", MIN: "1", COUNT: "4", STEP: "2" }), { id: 3, count: 4 });
  assertThrows(() => slurm({ COUNT: "4" }), UsageError, "--array");
  assertThrows(() => slurm({ ID: "x", COUNT: "4" }), UsageError, "found x");
  assertThrows(() => slurm({ ID: "9", COUNT: "4" }), UsageError, "from 0 to 3");
});

Deno.test("sweep is divided into tasks, and a final call collects their results", () =>
  inFolder(async (folder) => {
    const args = [
      ...["--recipe", "builtin/ce,builtin/ncm", "--seeds", "0,1", "--iterations", "1"],
      ...["--batch", "4", "--out", folder, "--task-count", "2"],
    ];
    const first = await task("sweep", ...args, "--task-id", "0");
    assertEquals(first.code, 0, first.stderr);
    assertStringIncludes(first.stdout, "Task 0 of 2: 2 trainings done");

    const part = await task("sweep", "--collect", "--out", folder, ...args.slice(0, 4));
    assertEquals(part.code, 1);
    assertEquals(part.stderr.split("\n").filter((line) => line.includes("not finished")).length, 2);

    const second = await task("sweep", ...args, "--task-id", "1", "--resume");
    assertEquals(second.code, 0, second.stderr);
    const { code, stdout, stderr } = await task("sweep", "--collect", "--out", folder, "--json");
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "on the balanced test set, over seeds 0, 1");
    assertEquals(stdout.split("\n").filter((line) => line.includes("±")).length, 2);
    const results = JSON.parse(stdout.trim().split("\n").at(-1)!);
    assertEquals([results.length, "confusion" in results[0]], [4, false]);
    const rows = parse(await Deno.readTextFile(`${folder}/sweep.csv`), { skipFirstRow: true });
    assertEquals(rows.map(({ recipe, seed }) => `${recipe} ${seed}`), [
      ...["builtin/ce 0", "builtin/ncm 0", "builtin/ce 1", "builtin/ncm 1"],
    ]);
  }));

Deno.test("sweep refuses task numbers out of range in one line", () =>
  inFolder(async (folder) => {
    const cases: [string[], string][] = [
      [["--task-id", "0"], "found no --task-count"],
      [["--task-count", "2"], "found no --task-id"],
      [["--task-id", "2", "--task-count", "2"], "from 0 to 1"],
      [["--task-id", "slurm", "--task-count", "2"], "Slurm sets it"],
      [["--collect"], "found none: sweep first"],
    ];
    for (const [args, message] of cases) {
      await assertRefuses("sweep", ["--out", folder, ...args], message);
    }
  }));

Deno.test("train --list prints every recipe with its row of the paper and trains nothing", async () => {
  const { code, stdout, stderr } = await task("train", "--list");
  assertEquals([code, stderr], [0, ""]);
  const lines = stdout.trimEnd().split("\n");
  assertEquals(lines[0].split("\t"), ["Recipe", "Row", "Method", "Source"]);
  assertStringIncludes(stdout, "cifar100-lt/balanced-softmax+nbn+lr");
  assertStringIncludes(stdout, "Table XI, Ours");
  const json = await task("train", "--list", "--json");
  assertEquals(JSON.parse(json.stdout).length, lines.length - 1);
});
