import { assertEquals, assertRejects } from "@std/assert";
import { BusyError, CheckpointError, UsageError } from "../../lib/core/errors.ts";
import { type Config, openRunFolder, readConfig } from "../../lib/runs/run_folder.ts";
import { lockFolder } from "../../lib/core/lock_folder.ts";
import { sweep } from "../../lib/train/sweep.ts";
import { inFolder } from "../in_folder.ts";

const config = (seed: number): Config => ({ training: { seed }, versions: {}, engine: {} });
const open = (path: string, seed: number, resume = false) =>
  openRunFolder(path, config(seed), { resume, keep: 2 });

Deno.test("openRunFolder() lets one training at a time into a folder", () =>
  inFolder(async (path) => {
    {
      await using _first = await open(path, 0);
      await assertRejects(() => open(path, 0), BusyError, `process ${Deno.pid} on`);
    }
    await Deno.writeTextFile(`${path}/checkpoint-1.safetensors`, "");
    await using _next = await open(path, 0, true);
  }));

Deno.test("openRunFolder() lets go of a folder whose run it refuses", () =>
  inFolder(async (path) => {
    {
      await using folder = await open(path, 0);
      await Deno.writeTextFile(`${folder.path}/summary.json`, "{}");
    }
    await assertRejects(() => open(path, 0), UsageError, "to hold no run");
    await assertRejects(() => open(path, 1, true), UsageError, "Expected seed to be 0");
    await using _folder = await open(path, 0, true);
  }));

Deno.test("openRunFolder() names a folder that it cannot lock", () =>
  inFolder(async (path) => {
    await Deno.mkdir(`${path}/run.lock`);
    await assertRejects(
      () => open(path, 0),
      CheckpointError,
      `Expected to write to the run folder ${path}`,
    );
  }));

Deno.test("openRunFolder() writes over what a run has left that failed before its first checkpoint", () =>
  inFolder(async (path) => {
    for (const [seed, resume] of [[0, false], [1, false], [2, true]] as const) {
      await using _folder = await open(path, seed, resume);
      assertEquals(await readConfig(`${path}/config.json`), config(seed));
    }
  }));

Deno.test("sweep() lets one process into its folder, and processes that share it", () =>
  inFolder(async (out) => {
    const own = { recipes: ["builtin/ce"], seeds: [0], out };
    await using _lock = await lockFolder(out, "sweep.lock", "the sweep's folder");
    await assertRejects(() => sweep(own), BusyError, "the sweep's folder");
    // Of one training the second process has none.
    assertEquals((await sweep({ ...own, task: { id: 1, count: 2 } })).results, []);
  }));
