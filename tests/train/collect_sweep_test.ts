/**
 * Collecting the runs of a sweep, and distinguishing runs by their settings.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { findRuns } from "../../lib/report/find_runs.ts";
import { groupRuns } from "../../lib/report/name_runs.ts";
import { collectSweep } from "../../lib/train/collect_sweep.ts";
import { inFolder } from "../in_folder.ts";

/** Writes the files of a finished run. */
async function write(folder: string, recipe: string, seed: number, settings: object) {
  await Deno.mkdir(folder, { recursive: true });
  const counts = [9, 1], training = { recipe, seed, counts, iterations: 3, batch: 4 };
  const summary = { recipe, seed, all: 50 + seed, perClass: [], classNames: [], out: folder };
  const passed = { recipe: [recipe], iterations: 3, ...settings };
  const config = { training, versions: {}, engine: {}, settings: passed };
  await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(config));
  await Deno.writeTextFile(`${folder}/summary.json`, JSON.stringify(summary));
}

Deno.test("a sweep does not average runs of different settings", () =>
  inFolder(async (out) => {
    await write(`${out}/a`, "builtin/ce", 0, { lr: 0.1, workers: 0 });
    await write(`${out}/b`, "builtin/ce", 1, { lr: 0.1, workers: 2 });
    // Another recipe may have another length.
    await write(`${out}/c`, "builtin/focal", 0, { iterations: 9 });
    const { rows } = await collectSweep({ out });
    assertEquals(rows.map(({ recipe, all }) => [recipe, all?.mean]), [
      ["builtin/ce", 50.5],
      ["builtin/focal", 50],
    ]);
    await write(`${out}/d`, "builtin/ce", 2, { groups: [10, 50], lr: 0.1 });
    await assertRejects(() => collectSweep({ out }), UsageError, "groups 10,50");
    await write(`${out}/d`, "builtin/ce", 2, { lr: 0.2 });
    await assertRejects(
      () => collectSweep({ out }),
      UsageError,
      "runs of builtin/ce",
    );
    assertEquals(
      (await collectSweep({ out, seeds: [0, 1], recipes: ["builtin/ce"] })).rows.length,
      1,
    );
  }));

Deno.test("a report names runs of a recipe by the settings that differ", () =>
  inFolder(async (out) => {
    await write(`${out}/a`, "builtin/ce", 0, { lr: 0.1 });
    await write(`${out}/b`, "builtin/ce", 1, { lr: 0.1, workers: 3 });
    await write(`${out}/c`, "builtin/ce", 0, { lr: 0.2, optimizer: "adamw" });
    const groups = groupRuns(await findRuns([out]));
    assertEquals(groups.map(({ name, runs }) => [name, runs.length]), [
      ["builtin/ce, lr 0.1", 2],
      ["builtin/ce, optimizer adamw, lr 0.2", 1],
    ]);
  }));
