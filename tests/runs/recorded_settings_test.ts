/**
 * Settings recorded in a run folder.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { engine } from "../../lib/engine/engine.ts";
import { evaluateRun } from "../../lib/runs/evaluate_run.ts";
import { readTrainOptions } from "../../lib/settings/config_file.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../in_folder.ts";

await engine();

Deno.test("a run of custom width and groups is reopened and repeated with its settings", () =>
  inFolder(async (folder) => {
    const out = `${folder}/run`;
    const trained = await train({
      recipe: "builtin/ce+nbn",
      width: 0.25,
      groups: [10, 300],
      augment: "crop-flip-cutout",
      iterations: 3,
      batch: 8,
      seed: 5,
      workers: 0,
      evaluateEvery: 9,
      out,
    });
    assertEquals(trained.groups, [10, 300]);
    const own = await evaluateRun(out);
    assertEquals([own.head, own.medium, own.tail], [trained.head, trained.medium, trained.tail]);
    assertEquals(own.groups, [10, 300]);
    const other = await evaluateRun(out, { groups: [20, 100] });
    assertEquals([other.groups, other.all], [[20, 100], own.all]);
    assert(other.tail !== own.tail || other.head !== own.head);

    // From its own config.json, with one change that does not affect training.
    const again = await readTrainOptions(`${out}/config.json`);
    const repeated = await train({ ...again, keepBest: true, out: `${folder}/again` });
    assertEquals([repeated.loss, repeated.perClass], [trained.loss, trained.perClass]);
    assertEquals([repeated.seed, repeated.groups], [5, [10, 300]]);
  }));
