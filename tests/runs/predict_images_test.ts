import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { CheckpointError, DataError } from "../../lib/core/errors.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { imageFolder, importFolder } from "../../lib/data/mod.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { resnetCifar } from "../../lib/nn/mod.ts";
import {
  evaluateRun,
  type ImagePrediction,
  openModel,
  openRun,
  predictEach,
  predictImages,
} from "../../lib/runs/mod.ts";
import { predict, train } from "../../lib/train/mod.ts";
import { writePicture, writePictures } from "../data/pictures.ts";
import { inFolder } from "../in_folder.ts";

/** Accuracy in percent. */
function accuracy(predictions: readonly ImagePrediction[]): number {
  const right = predictions.filter((each) => each.class === each.trueClass).length;
  return 100 * right / predictions.length;
}

/** Writes pictures of two classes, some half in one colour and half in the other. */
async function writeHardPictures(folder: string): Promise<void> {
  await writePictures(folder);
  for (let i = 0; i < 5; i++) {
    const shade = [40 * i, 30, 200 - 40 * i] as const;
    await writePicture(`${folder}/test/blue/hard${i}.png`, shade, { width: 9 + i });
    await writePicture(`${folder}/test/red/hard${i}.png`, shade, { height: 9 + i });
  }
}

Deno.test("predictImages() on the files of packed test images agrees with evaluateRun()", () =>
  inFolder(async (folder) => {
    await writeHardPictures(folder);
    await importFolder(folder, `${folder}/packed`, { size: 16 });
    const data = { folder: `${folder}/packed` }, out = `${folder}/run`;
    await train({ recipe: "images/ce+nbn+lr", data, iterations: 4, batch: 6, out });
    const evaluated = await evaluateRun(out), run = await openRun(out);
    const { logits: requested } = await predict(run, run.data.test);
    run.dispose();

    await Deno.remove(`${folder}/packed`, { recursive: true });
    await assertRejects(() => openRun(out), DataError);
    const before = tf.memory().numTensors;
    const model = await openModel(out);
    assertEquals([model.input.shape, model.input.fit], [[16, 16, 3], "stretch"]);
    const images = [`${folder}/test`];
    const predictions = await predictImages(model, images, { logits: true });
    assertEquals(accuracy(predictions), evaluated.all);
    assert(evaluated.all! > 0 && evaluated.all! < 100, "nothing is told by all or none");
    predictions.forEach(({ logits, trueClass, top, probability, ...best }, image) => {
      assertEquals(trueClass, best.path.split("/").at(-2) === "blue" ? "blue" : "red");
      logits!.forEach((logit, label) =>
        assertAlmostEquals(logit, requested[2 * image + label], 1e-4)
      );
      assertEquals(top.map((each) => each.class).toSorted(), ["blue", "red"]);
      assertEquals(top[0], { class: best.class, probability });
      assertAlmostEquals(top[0].probability + top[1].probability, 1, 1e-6);
      assert(top[0].probability >= top[1].probability);
    });
    const each: string[][] = [];
    await predictEach(model, images, (some) => void each.push(some.map(({ path }) => path)), {
      batch: 7,
    });
    assertEquals(each.map(({ length }) => length), [7, 7, 2]);
    assertEquals(each.flat(), predictions.map(({ path }) => path));
    model.dispose();
    assertEquals(tf.memory().numTensors, before);
  }));

Deno.test("predictImages() centre-crops files when a custom network was evaluated so", () =>
  inFolder(async (folder) => {
    await writeHardPictures(folder);
    const set = (name: string) =>
      imageFolder(`${folder}/${name}`, { size: 16, fit: "centre-crop" });
    const data = { train: await set("train"), test: await set("test") }, out = `${folder}/run`;
    const network = resnetCifar({ depth: 8, width: 0.25, classes: 2 });
    const options = { data, network, loss: crossEntropy(), iterations: 3, batch: 6, out };
    const { all } = await train(options);
    const model = await openModel(out, { network });
    assertEquals([model.input.fit, model.input.shape], ["centre-crop", [16, 16, 3]]);
    const { logits } = await predict(model, data.test);
    const predictions = await predictImages(model, [`${folder}/test`], { logits: true });
    assertEquals(predictions.flatMap((each) => [...each.logits!]), [...logits]);
    assertEquals(accuracy(predictions), all);
    model.dispose();
  }));

Deno.test("openModel() reads the data of a run that does not record the image preparation", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    const out = `${folder}/run`, data = { folder, size: 16 };
    await train({ recipe: "images/ce", data, iterations: 1, batch: 4, out });
    const recorded = await openModel(out);
    const config = JSON.parse(await Deno.readTextFile(`${out}/config.json`));
    delete config.input;
    await Deno.writeTextFile(`${out}/config.json`, JSON.stringify(config));
    const read = await openModel(out);
    assertEquals(read.input, recorded.input);
    assertEquals(read.classNames, recorded.classNames);
    for (const model of [recorded, read]) model.dispose();
    for (const std of [[1, 1], [1, 0, 1], "111", null]) {
      const input = { ...recorded.input, std };
      await Deno.writeTextFile(`${out}/config.json`, JSON.stringify({ ...config, input }));
      await assertRejects(() => openModel(out), CheckpointError, "Expected input in");
    }
    await Deno.writeTextFile(`${out}/config.json`, JSON.stringify(config));
    await Deno.remove(`${folder}/train`, { recursive: true });
    await assertRejects(() => openModel(out), DataError, folder);
  }));

Deno.test("evaluateRun() normalises other data by the run's mean and deviation", () =>
  inFolder(async (folder) => {
    await writeHardPictures(folder);
    await importFolder(folder, `${folder}/packed`, { size: 16 });
    const data = { folder: `${folder}/packed` }, out = `${folder}/run`;
    await train({ recipe: "images/ce", data, iterations: 2, batch: 6, out });
    // The same test images with other training images, which determine the packed statistics.
    for (let i = 0; i < 3; i++) {
      await writePicture(`${folder}/train/red/new${i}.png`, [255, 255, 255]);
    }
    await importFolder(folder, `${folder}/other`, { size: 16 });
    const [own, other] = [await openRun(out), await openRun(out, { folder: `${folder}/other` })];
    assertEquals(other.data.test.mean, own.data.test.mean);
    assertEquals(
      (await predict(other, other.data.test)).logits,
      (await predict(own, own.data.test)).logits,
    );
    for (const run of [own, other]) run.dispose();
    await importFolder(folder, `${folder}/large`, { size: 24 });
    await assertRejects(() => openRun(out, { folder: `${folder}/large` }), DataError, "[16,16,3]");
  }));

Deno.test("predictImages() throws on damaged images, or skips and names them", () =>
  inFolder(async (folder) => {
    const out = `${folder}/run`, damaged = `${folder}/images/2.png`;
    await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out });
    for (let i = 0; i < 4; i++) await writePicture(`${folder}/images/${i}.png`, [i, 0, 0]);
    await Deno.writeFile(damaged, (await Deno.readFile(damaged)).subarray(0, 50));
    const model = await openModel(out), images = [`${folder}/images`];
    await assertRejects(() => predictImages(model, images), DataError, damaged);
    const skipped: string[] = [];
    const rest = await predictImages(model, images, {
      skipDamaged: true,
      onBegin: (found) => void skipped.push(...found.skipped),
    });
    assertEquals(rest.map(({ path }) => path.at(-5)), ["0", "1", "3"]);
    assertEquals([skipped.length, skipped[0].includes(damaged)], [1, true]);
    assertEquals(rest[0].trueClass, undefined);
    await assertRejects(() => predictImages(model, images, { topk: 0 }), RangeError, "topk");
    await assertRejects(() => predictImages(model, images, { batch: 0 }), RangeError, "batch");
    model.dispose();
  }));
