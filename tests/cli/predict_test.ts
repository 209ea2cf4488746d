/**
 * `deno task predict` on the command line.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { csvRows, jsonRows } from "../../lib/cli/predict/rows.ts";
import { evaluateRun } from "../../lib/runs/mod.ts";
import { train } from "../../lib/train/mod.ts";
import { writePicture, writePictures } from "../data/pictures.ts";
import { assertRefuses, inFolder, task } from "./task.ts";

Deno.test("predict writes a table that agrees with evaluate's accuracy, and nothing if an image is damaged", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    for (let i = 0; i < 4; i++) {
      await writePicture(`${folder}/test/blue/x${i}.png`, [200, 30, 40 * i]);
    }
    const run = `${folder}/run`, to = `${folder}/out.csv`, test = `${folder}/test`;
    await train({
      recipe: "images/ce",
      data: { folder, size: 16 },
      iterations: 3,
      batch: 6,
      out: run,
    });
    const { all } = await evaluateRun(run);
    const { code, stdout, stderr } = await task("predict", run, test, "--to", to, "--batch", "4");
    assertEquals([code, stdout], [0, ""], stderr);
    const rows = parse(await Deno.readTextFile(to), { skipFirstRow: true });
    assertEquals(Object.keys(rows[0]), [
      ...["path", "class", "probability", "class2", "probability2", "true_class"],
    ]);
    const right = rows.filter((row) => row.class === row.true_class).length;
    assertEquals([rows.length, 100 * right / rows.length], [10, all]);
    assertStringIncludes(stderr, `${to}: 10 images`);
    assertStringIncludes(stderr, `right: ${all!.toFixed(1)} % of the 10 whose class is known`);

    await Deno.remove(to);
    const bad = `${test}/red/more/1.png`;
    await Deno.writeFile(bad, (await Deno.readFile(bad)).subarray(0, 50));
    await assertRefuses("predict", [run, test, "--to", to, "--batch", "1"], bad);
    const left = [...Deno.readDirSync(folder)].filter(({ name }) => name.startsWith("out.csv"));
    assertEquals(left, []);
    const piped = await task("predict", run, test, "--skip-bad", "--topk", "1");
    assertEquals([piped.code, parse(piped.stdout).length], [0, 10], piped.stderr);
    assertStringIncludes(piped.stderr, `skipped: Expected a PNG image in ${bad}`);
  }));

Deno.test("predict refuses invalid arguments", async () => {
  await assertRefuses("predict", [], "Expected a run folder and images but found none");
  await assertRefuses("predict", ["runs/none"], "Expected images after runs/none");
});

const BEST = { class: "b,c", probability: Math.fround(2 / 3) };
const PREDICTION = {
  path: 'my "a".jpg',
  ...BEST,
  top: [BEST, { class: "a", probability: Math.fround(1 / 3) }],
  logits: Float32Array.of(-0.25, Math.fround(0.1)),
};

Deno.test("csvRows() quotes where necessary and keeps every bit of a logit", async () => {
  const options = { classNames: ["a", "b,c"], topk: 3, labelled: true, logits: true };
  const { head, rows } = await csvRows(options);
  const [row] = parse(head + rows([PREDICTION]), { skipFirstRow: true });
  assertEquals(row, {
    path: 'my "a".jpg',
    class: "b,c",
    probability: "0.666667",
    class2: "a",
    probability2: "0.333333",
    true_class: "",
    "logit:a": "-0.25",
    "logit:b,c": "0.100000001",
  });
  assertEquals(Math.fround(Number(row["logit:b,c"])), PREDICTION.logits[1]);
});

Deno.test("jsonRows() writes one object per line", () => {
  const [line, end] = jsonRows().rows([PREDICTION]).split("\n");
  assertEquals(end, "");
  assertEquals(JSON.parse(line), {
    path: 'my "a".jpg',
    class: "b,c",
    probability: 0.666667,
    top: [{ class: "b,c", probability: 0.666667 }, { class: "a", probability: 0.333333 }],
    logits: [-0.25, 0.100000001],
  });
});
