/**
 * `--processes`, `--restarts` and `--elastic`: one command that starts and supervises several processes.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { parse } from "@std/csv";
import { parseArgs } from "node:util";
import type { Flags } from "../../lib/cli/command.ts";
import { launchOf } from "../../lib/cli/launch/flags.ts";
import { WORKER_RIGHTS, workerCommand } from "../../lib/cli/launch/worker_command.ts";
import { TRAIN_FLAGS } from "../../lib/cli/train/flags.ts";
import { commonOut, runFolder } from "../../lib/cli/train/folders.ts";
import { UsageError } from "../../lib/core/errors.ts";
import { exists } from "../../lib/core/exists.ts";
import { longTest } from "../long.ts";
import { assertRefuses, command, inFolder, rightsOf, task } from "./task.ts";

Deno.test("launchOf() reads how many processes are started, and how often", () => {
  const launch = (flags: Record<string, string>) => launchOf(flags, undefined);
  assertEquals(launch({}), undefined);
  assertEquals(launch({ processes: "4" }), { processes: 4, restarts: 0 });
  assertEquals(launch({ restarts: "3" }), { restarts: 3 });
  const elastic = { min: 2, max: 4 };
  assertEquals(launch({ elastic: "2:4", restarts: "1", processes: "3" }), {
    processes: 3,
    restarts: 1,
    elastic,
  });
});

Deno.test("where a launcher starts the processes, only restarts are left to decide", () => {
  const share = { id: 1, count: 4 };
  assertEquals(launchOf({ restarts: "2" }, share), { restarts: 2 });
  const processes = () => launchOf({ processes: "2" }, share);
  assertThrows(processes, UsageError, "no --processes where a launcher");
  const elastic = () => launchOf({ elastic: "2:4", restarts: "1" }, share);
  assertThrows(elastic, UsageError, "no --elastic where a launcher");
});

Deno.test("train refuses wrong launch flags in one line", async () => {
  const cases: [string, string][] = [
    ["--processes 0", "--processes to be an integer of at least 1"],
    ["--processes two", "--processes to be an integer of at least 1"],
    ["--restarts=-1", "--restarts to be an integer of at least 0"],
    ["--restarts 1 --elastic 2", "--elastic to be MIN:MAX"],
    ["--restarts 1 --elastic 4:2", "--elastic to be MIN:MAX"],
    ["--restarts 1 --elastic 0:2", "--elastic to be MIN:MAX"],
    ["--elastic 2:4", "Expected --restarts with --elastic"],
    ["--restarts 1 --elastic 2:4 --processes 5", "--processes to be from 2 to 4"],
    ["--processes 2 --profile", "Expected --profile in one process"],
    ["--processes 2 --lr=-1", "--lr to be a number above 0"],
    ["--processes 2 --resume", "Expected --out with --resume"],
  ];
  for (const [flags, message] of cases) {
    await assertRefuses("train", flags.split(" "), message);
  }
});

Deno.test("a worker has the rights of train, but to start Deno and to reach a network", () => {
  const rights = rightsOf("train").filter((right) => !/^--allow-(run|net)/.test(right));
  assertEquals([...rights, "--allow-run=python3"].sort(), WORKER_RIGHTS.toSorted());
});

Deno.test("a worker gets the flags of its command, but those that start processes", () => {
  const flags = {
    recipe: ["builtin/ce", "builtin/ce+nbn"],
    name: "-x y",
    resume: true,
    "keep-best": false,
    out: "a=b",
    processes: "2",
    restarts: "1",
    elastic: "1:2",
  };
  const args = workerCommand("train", flags);
  const own = args.slice(args.indexOf("train") + 1);
  const options: Flags = { ...TRAIN_FLAGS, name: { type: "string" } };
  const { values } = parseArgs({ args: own, options, allowNegative: true });
  const { processes: _, restarts: __, elastic: ___, ...expected } = flags;
  assertEquals<unknown>({ ...values }, expected);
});

Deno.test("commonOut() names the folders of all processes before they start", () => {
  const time = new Date("2026-01-02T03:04:05Z");
  assertEquals(commonOut(["builtin/ce"], undefined, time), "runs/2026-01-02T03-04-05-builtin-ce");
  const several = commonOut(["builtin/ce", "builtin/crt"], undefined, time);
  assertEquals(
    runFolder("builtin/crt", several, true, time),
    "runs/2026-01-02T03-04-05/builtin-crt",
  );
  assertEquals(commonOut(["builtin/ce"], "mine", time), "mine");
});

longTest(
  "sweep divides its trainings among processes and prints one table",
  () =>
    inFolder(async (folder) => {
      const { code, stdout, stderr } = await task(
        "sweep",
        ...["--recipe", "builtin/ce", "--seeds", "0,1", "--iterations", "1", "--batch", "4"],
        ...["--out", folder, "--processes", "2"],
      );
      assertEquals(code, 0, stderr);
      assertStringIncludes(stdout, "on the balanced test set, over seeds 0, 1");
      assertEquals(stdout.split("\n").filter((line) => line.includes("±")).length, 1);
      const rows = (await Deno.readTextFile(`${folder}/sweep.csv`)).trim().split("\n");
      assertEquals(rows.length, 3);
    }),
);

longTest("a process of a launcher takes its share of a sweep", () =>
  inFolder(async (folder) => {
    const sweep = ["--recipe", "builtin/ce", "--seeds", "0,1,2", "--out", folder];
    const args = [...sweep, "--iterations", "1", "--batch", "4"];
    const { code, stdout } = await command("sweep", args, undefined, {
      RANK: "1",
      WORLD_SIZE: "2",
    }).output();
    assertEquals(code, 0);
    assertStringIncludes(new TextDecoder().decode(stdout), "Task 1 of 2: 1 trainings done");
    assertEquals(await exists(`${folder}/builtin-ce-seed1/summary.json`), true);
  }));

/** Steps and losses of a run. */
async function losses(run: string): Promise<string[]> {
  const text = await Deno.readTextFile(`${run}/metrics.csv`);
  return parse(text, { skipFirstRow: true }).map(({ step, loss }) => `${step} ${loss}`);
}

longTest(
  "two processes, one killed by kill -9, start again and lose nothing",
  () =>
    inFolder(async (folder) => {
      const args = (out: string) => [
        ...["--recipe", "builtin/ce+nbn+lr", "--iterations", "40", "--batch", "9"],
        ...["--checkpoint-every", "10", "--evaluate-every", "40", "--out", `${folder}/${out}`],
        ...["--processes", "2", "--restarts", "1"],
      ];
      const whole = await task("train", ...args("whole"));
      assertEquals(whole.code, 0, whole.stderr);
      assertEquals(whole.stdout.split("\n").filter((line) => line.includes("ce+nbn+lr")).length, 1);

      const running = command("train", args("killed")).spawn();
      const output = running.output();
      while (!await exists(`${folder}/killed/checkpoint-20.safetensors`)) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      // The lock of the run folder names the process of rank 0.
      const { pid } = JSON.parse(await Deno.readTextFile(`${folder}/killed/run.lock`));
      Deno.kill(pid, "SIGKILL");
      const { code, stderr } = await output;
      const said = new TextDecoder().decode(stderr);
      assertEquals(code, 0, said);
      assertMatch(said, /^rank 0 was killed by SIGKILL: starting 2 processes again .*1 of 1\)$/m);
      assertMatch(said, /^rank 1: Expected all 2 processes to take part but found/m);
      assertStringIncludes(said, "resuming from step");
      assertEquals(await losses(`${folder}/killed`), await losses(`${folder}/whole`));
      assertEquals((await losses(`${folder}/whole`)).length, 40);
    }),
);
