/**
 * Training, test and validation sets, recognised by the names of folders and files.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../lib/core/errors.ts";
import { importFolder, openData, openDataSet } from "../../lib/data/mod.ts";
import { inFolder } from "../in_folder.ts";
import { writePicture } from "./pictures.ts";

/** Writes an image of class `a` to each folder. */
async function writeSets(folder: string, ...names: string[]): Promise<void> {
  for (const [i, name] of names.entries()) {
    await writePicture(`${folder}/${name}/a/0.png`, [i, 2, 3], { width: 4, height: 4 });
  }
}

Deno.test("openData() recognises common set names and evaluates on the requested set", () =>
  inFolder(async (folder) => {
    await writeSets(folder, "Train", "validation");
    const only = await openData(folder);
    assertEquals([only.train.name, only.test.name, only.evaluatedOn], [
      ...["Train", "validation", "val"],
    ]);
    await writeSets(folder, "TEST");
    const setOf = async (split?: "test" | "val", path = folder) => {
      const { test, evaluatedOn } = await openData(path, { split });
      return [test.name, evaluatedOn];
    };
    assertEquals(await setOf(), ["TEST", "test"]);
    assertEquals(await setOf("val"), ["validation", "val"]);
    await writeSets(folder, "Valid");
    await assertRejects(
      () => openData(folder),
      DataError,
      "found Valid and validation: rename one",
    );
    await writeSets(folder, "val");
    assertEquals(await setOf("val"), ["val", "val"]);

    // A competition's test set has no labels.
    await Deno.mkdir(`${folder}/flat/test`, { recursive: true });
    await writeSets(`${folder}/flat`, "train", "val");
    await assertRejects(
      () => openData(`${folder}/flat`),
      DataError,
      `if its images have no labels, evaluate on ${folder}/flat/val by --split val`,
    );
    assertEquals(await setOf("val", `${folder}/flat`), ["val", "val"]);
    const { skippedFiles, split: { evaluatedOn } } = await importFolder(
      `${folder}/flat`,
      `${folder}/of-flat`,
    );
    assertEquals([evaluatedOn, skippedFiles], [
      "val",
      [`not read: ${folder}/flat/test, which has no folder for each class`],
    ]);

    const { images } = await importFolder(folder, `${folder}/packed`);
    assertEquals(images, { train: 1, test: 1, val: 1 });
    assertEquals((await setOf("val", `${folder}/packed`))[1], "val");
    assertEquals((await setOf(undefined, `${folder}/packed`))[1], "test");
  }));

Deno.test("openData() names the missing set, and the folder of doubly unpacked data", () =>
  inFolder(async (folder) => {
    await writeSets(folder, "outer/Training");
    const refuses = (path: string, message: string, split?: "test" | "val") =>
      assertRejects(() => openData(path, { split }), DataError, message);
    await refuses(folder, `found none of them (did you mean ${folder}/outer?)`);
    const missing = `${folder}/outer to hold test or val to evaluate on but found only Training`;
    await refuses(`${folder}/outer`, missing);
    await writeSets(folder, "outer/test");
    await refuses(`${folder}/outer`, "to hold val or valid or validation to evaluate on", "val");

    await Deno.mkdir(`${folder}/twice/train`, { recursive: true });
    await Deno.rename(`${folder}/outer/Training`, `${folder}/twice/train/train`);
    await writeSets(folder, "twice/train/train/..");
    await writeSets(folder, "twice/test");
    const nested = `${folder}/twice/train`;
    await Deno.remove(`${nested}/a`, { recursive: true });
    await refuses(
      `${folder}/twice`,
      `found "a", and none of train: name classes as the training set does, or remove them. ` +
        `${nested} has a single class, train, whose images are in folders (a): ` +
        `if those are the classes, move them from ${nested}/train to ${nested}`,
    );
    await Deno.rename(`${folder}/twice/test`, `${folder}/test`);
    await Deno.mkdir(`${folder}/twice/test`);
    await Deno.rename(`${folder}/test`, `${folder}/twice/test/train`);
    const { warnings } = await openData(`${folder}/twice`);
    assertEquals(warnings?.length, 1);
  }));

Deno.test("openData() chooses among lists by the requested set", () =>
  inFolder(async (folder) => {
    const list = (name: string) => Deno.writeTextFile(`${folder}/${name}`, `${name}.jpg 0\n`);
    for (const name of ["My_Train.txt", "my_test.txt", "my_valid.txt"]) await list(name);
    const setOf = async (path: string, split?: "test" | "val") => {
      const { test, evaluatedOn } = await openData(path, { split });
      return [test.name, evaluatedOn];
    };
    assertEquals(await setOf(`${folder}/My_Train.txt`), ["my_test", "test"]);
    assertEquals(await setOf(`${folder}/My_Train.txt`, "val"), ["my_valid", "val"]);
    await assertRejects(
      () => openData(`${folder}/my_test.txt`),
      DataError,
      "Expected a list to evaluate on next to",
    );
    for (const name of ["train", "val", "test"]) await list(`Places_LT_${name}.txt`);
    assertEquals(await setOf(folder), ["Places_LT_test", "test"]);
    assertEquals(await setOf(folder, "val"), ["Places_LT_val", "val"]);
    await assertRejects(
      () => openDataSet("inaturalist2018", { folder, split: "test" }),
      DataError,
      "but found none of them",
    );
    for (const name of ["train.csv", "valid.csv"]) {
      await Deno.writeTextFile(`${folder}/${name}`, `path,label\n${name}.jpg,x\n`);
    }
    for (const name of ["train", "val", "test"]) {
      await Deno.remove(`${folder}/Places_LT_${name}.txt`);
    }
    assertEquals(await setOf(folder), ["valid", "val"]);
  }));

Deno.test("openData() opens the validation set besides the test set on request", () =>
  inFolder(async (folder) => {
    const names = ["train", "test", "val"];
    await writeSets(`${folder}/images`, ...names);
    await importFolder(`${folder}/images`, `${folder}/packed`);
    for (const list of [...names, "ImageNet_LT_train", "ImageNet_LT_test", "ImageNet_LT_val"]) {
      const of = list.startsWith("I") ? "official" : "lists";
      await Deno.mkdir(`${folder}/${of}`, { recursive: true });
      await Deno.writeTextFile(`${folder}/${of}/${list}.txt`, `${list.slice(-4)}/0.png 0\n`);
    }
    const validation = true;
    for (const data of ["images", "packed", "lists", "lists/train.txt", "official"]) {
      const path = `${folder}/${data}`, split = await openData(path, { validation });
      assertEquals(split.evaluatedOn, "test", data);
      const { test } = await openData(path, { split: "val" });
      assertEquals(split.validation, test, data);
      assertEquals((await openData(path)).validation, undefined, data);
      assertEquals((await openData(path, { split: "val", validation })).validation, undefined);
    }
    // A given list is the one to evaluate on; which other one belongs to it is unknown.
    const list = { test: `${folder}/lists/val.txt`, validation };
    assertEquals((await openData(`${folder}/lists/train.txt`, list)).validation, undefined);
    await Deno.writeTextFile(`${folder}/packed/val.pack`, "damaged");
    await assertRejects(() => openData(`${folder}/packed`, { validation }), DataError, "val.pack");
  }));
