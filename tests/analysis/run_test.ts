import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { analyseRun, channelDrops, classAttention, readAnalysis } from "../../lib/analysis/mod.ts";
import { CheckpointError, DataError } from "../../lib/core/errors.ts";
import { readableJson } from "../../lib/analysis/run/readable_json.ts";
import { datasetDigest } from "../../lib/data/digest.ts";
import { imagePixels } from "../../lib/data/image_pixels.ts";
import { pathTable } from "../../lib/data/paths.ts";
import { builtin } from "../../lib/data/builtin/mod.ts";
import { subset } from "../../lib/data/subset.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { evaluate } from "../../lib/inference/evaluate.ts";
import { openRun } from "../../lib/runs/open_run.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../in_folder.ts";
import { formula } from "../nn/formula.ts";

await engine();

Deno.test("readableJson() writes valid JSON, fractions with six digits", () => {
  const random = [...formula("json", 50)];
  const value = {
    random,
    nested: [{ a: [1, null, "b\n"] }, {}, []],
    none: null,
    large: 1234567.89,
  };
  const read = JSON.parse(readableJson(value));
  assertEquals(read.nested, value.nested);
  assertEquals([read.none, read.large], [null, 1234570]);
  random.forEach((number, i) => assertAlmostEquals(read.random[i], number, 1e-6));
  assertEquals(readableJson({ a: undefined, b: [] }), '{\n  "b": []\n}\n');
});

Deno.test("datasetDigest() is the SHA-256 of labels and pixels, or of labels and files", () =>
  inFolder(async (folder) => {
    const labels = Int32Array.of(1, 0);
    const bytes = new Uint8Array(labels.buffer);
    const hash = (...parts: Uint8Array[]) => {
      const all = createHash("sha256");
      parts.forEach((part) => all.update(part));
      return all.digest("hex");
    };
    const pixels = Uint8Array.of(3, 1, 4);
    const images = { kind: "pixels", pixels } as const;
    assertEquals(await datasetDigest({ labels, images }), hash(bytes, pixels));
    const paths = [`${folder}/a`, `${folder}/b`];
    for (const [i, path] of paths.entries()) await Deno.writeFile(path, Uint8Array.of(i, 7));
    assertEquals(
      await datasetDigest({
        labels,
        images: { kind: "files", paths: pathTable(paths), fit: "stretch" },
      }),
      hash(bytes, Uint8Array.of(0, 7), Uint8Array.of(1, 7)),
    );
    await Deno.remove(paths[1]);
    await assertRejects(
      () =>
        datasetDigest({
          labels,
          images: { kind: "files", paths: pathTable(paths), fit: "stretch" },
        }),
      DataError,
      paths[1],
    );
  }));

Deno.test("analyseRun() writes the results of all analyses and leaks no tensors", () =>
  inFolder(async (folder) => {
    const data = builtin({ testImages: 10 });
    const settings = { recipe: "builtin/ce+nbn+lr", iterations: 4, batch: 8 };
    await train({ ...settings, data, out: folder });
    const before = tf.memory().numTensors;
    const written = await analyseRun(folder, { data });
    assertEquals(tf.memory().numTensors, before);
    assertEquals(written, await readAnalysis(folder));
    const { record, accuracy, features, weights, logits, masking, magnitude, attention } = written;
    assertEquals(record.missing, {});
    assertEquals(record.data.sha256, await datasetDigest(data.test));

    const opened = await openRun(folder, { data });
    const { counts, data: { test } } = opened;
    const evaluation = await evaluate(opened, test, { counts });
    assertEquals(accuracy!.confusion, evaluation.confusion);
    assertAlmostEquals(accuracy!.all, evaluation.all, 1e-3);
    assertEquals(accuracy!.calibration.reduce((sum, { images }) => sum + images, 0), 100);

    const drops = await channelDrops(opened, test, { counts });
    drops.rare.forEach((drop, c) => assertAlmostEquals(masking!.drops.rare[c], drop, 1e-4));
    assertAlmostEquals(masking!.rows[0].all, evaluation.all, 1e-3);

    const { mean } = features!.statistics;
    const centre = mean.reduce((sum, m) => sum + m, 0) / 64;
    const variance = mean.reduce((sum, m) => sum + (m - centre) ** 2, 0) / 64;
    assertAlmostEquals(features!.variances.ofMeans, variance, 1e-4 * variance + 1e-9);
    assertEquals([weights!.curve.kind, weights!.curve.weights.length], ["nbn", 64]);
    assertEquals([weights!.classNorms.length, logits!.classes.length], [10, 10]);
    assertEquals(weights!.norms!.map(({ path, kind }) => [path, kind]), [
      ["stage3/block1/bn1", "bn"],
      ["stage3/block1/bn2", "nbn"],
    ]);
    assertEquals(magnitude!.step, [1, 2, 3, 4]);

    const chosen = attention!.examples.map(({ index }) => index);
    assert(chosen.length >= 1 && chosen.every((index) => test.labels[index] >= 7));
    const some = subset(test, chosen);
    const maps = await classAttention(opened, some, { counts });
    maps.forEach(({ all }, i) => {
      const found = attention!.examples[i].all;
      assertEquals([found.height, found.width], [32, 32]);
      all.values.forEach((value, position) =>
        assertAlmostEquals(found.values[position], value, 1e-4 * Math.abs(value) + 1e-6)
      );
    });
    const [original, kept] = [
      await imagePixels(some, [0]),
      await imagePixels(attention!.images, [0]),
    ];
    assertEquals(kept[0].values, original[0].values);
    opened.dispose();
  }));

Deno.test("analyseRun() gives a reason for comparisons that balanced data does not allow", () =>
  inFolder(async (folder) => {
    const data = builtin({ max: 200, imbalance: 1, testImages: 2 });
    await train({ recipe: "builtin/ce", data, iterations: 1, batch: 8, out: folder });
    const { record, masking, attention, features } = await analyseRun(folder, { data });
    assertEquals([masking, attention], [undefined, undefined]);
    assertEquals(Object.keys(record.missing).sort(), ["attention", "magnitude", "masking"]);
    assert(record.missing.masking!.includes("take a longer tail"));
    assert(features !== undefined);
  }));

Deno.test("readAnalysis() throws on the file of another part and on another format", () =>
  inFolder(async (run) => {
    const folder = `${run}/analysis`;
    await Deno.mkdir(folder);
    const record = (format: number) =>
      Deno.writeTextFile(
        `${folder}/analysis.json`,
        JSON.stringify({ format, inputs: "this", missing: {} }),
      );
    await record(1);
    await Deno.writeTextFile(`${folder}/logits.json`, '{"inputs": "other", "classes": []}');
    const { lacking } = (await readAnalysis(run))!;
    assert(lacking.logits!.includes("belongs to another analysis"));
    assert(lacking.accuracy!.includes("there is no"));
    await Deno.writeTextFile(`${folder}/logits.json`, '{"inputs": ');
    await assertRejects(() => readAnalysis(run), DataError, "logits.json");
    await record(0);
    await assertRejects(() => readAnalysis(run), DataError, "Expected an analysis of format 1");
    await assertRejects(() => analyseRun(`${folder}/analysis.json`), CheckpointError, "run folder");
  }));
