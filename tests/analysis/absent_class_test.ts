/**
 * Summary, analysis and report of a run whose test set is imbalanced and lacks a class.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { analyseRun } from "../../lib/analysis/mod.ts";
import { builtin, subset, withClassNames } from "../../lib/data/mod.ts";
import { report } from "../../lib/report/mod.ts";
import type { Summary } from "../../lib/runs/result.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../in_folder.ts";

const ABSENT = 8;

/** Returns the paths of all non-finite numbers in a value. */
function notFinite(value: unknown, path = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => notFinite(inner, `${path}/${name}`));
}

Deno.test("a class without test images is null in summary and analysis, and excluded from the report's means", () =>
  inFolder(async (folder) => {
    const out = `${folder}/run`;
    const whole = builtin({ testImages: 2 });
    // One class has no test image, and the first one has one.
    const kept = [...whole.test.labels.keys()].filter((image) =>
      whole.test.labels[image] !== ABSENT && image !== whole.test.labels.indexOf(0)
    );
    // Its classes are in another order; those of the training set apply.
    const names = whole.train.classNames;
    const data = { ...whole, test: withClassNames(subset(whole.test, kept), names.toReversed()) };
    assertEquals(data.test.classNames[0], names[9]);
    const row = await train({ recipe: "builtin/ce+nbn", data, iterations: 3, batch: 8, out });
    const testImages = Array(10).fill(2).with(0, 1).with(ABSENT, 0);
    assertEquals([row.testImages, row.perClass[ABSENT]], [testImages, null]);
    const known = row.perClass.filter((accuracy) => accuracy !== null);
    assertEquals(known.length, 9);
    assertAlmostEquals(row.mean!, known.reduce((sum, accuracy) => sum + accuracy) / 9, 1e-9);
    const summary: Summary = JSON.parse(await Deno.readTextFile(`${out}/summary.json`));
    assertEquals([summary.perClass[ABSENT], summary.mean], [null, row.mean]);
    assertEquals(summary.stages[0].mean, row.mean);

    const analysis = await analyseRun(out, { data });
    assertEquals(analysis.record.missing, {});
    assertEquals(analysis.accuracy!.perClass[ABSENT], null);
    assertEquals(analysis.logits!.classes[ABSENT].ownMean, null);
    const { drops, rows } = analysis.masking!;
    assertEquals(drops.classes.rare, [7, 9]);
    assert(drops.perClass.every((channel) => channel[ABSENT] === null));
    assertAlmostEquals(rows[0].mean!, row.mean!, 1e-4);
    assert(analysis.attention!.examples.every(({ label }) => label !== ABSENT));
    const { attention: _, ...numbers } = analysis;
    assertEquals(notFinite(numbers), []);

    const { html } = await report([out]);
    assertStringIncludes(html, '<th scope="col">All</th><th scope="col">Mean</th>');
    const percent = (value: number) => value.toFixed(1);
    assertStringIncludes(html, `<td>${percent(row.all!)}</td><td>${percent(row.mean!)}</td>`);
    assert(!/NaN|undefined/.test(html.replaceAll(/href="data:[^"]*"/g, "")));
  }));
