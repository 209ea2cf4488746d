/**
 * The class names of the training set determine labels, in every kind of data.
 *
 * @module
 */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DataError } from "../../lib/core/errors.ts";
import { classCounts, type ImageDataset, pathAt } from "../../lib/data/mod.ts";
import {
  imageFolder,
  importFolder,
  openData,
  readPacked,
  withClassNames,
  writePacked,
} from "../../lib/data/mod.ts";
import { labelsOfNames } from "../../lib/data/class_names.ts";
import { inFolder } from "../in_folder.ts";
import { writePicture } from "./pictures.ts";

/** Writes the given number of images of each class, all of one size. */
async function writeClasses(folder: string, counts: Readonly<Record<string, number>>) {
  for (const [index, [name, count]] of Object.entries(counts).entries()) {
    await Deno.mkdir(`${folder}/${name}`, { recursive: true });
    for (let i = 0; i < count; i++) {
      await writePicture(`${folder}/${name}/${i}.png`, [40 * index, 10 * i, 7], {
        width: 4,
        height: 4,
      });
    }
  }
}

const TRAINED = { amber: 2, blue: 2, green: 2, red: 3 };

/** Returns the class of each image by the name of its folder. */
function foldersOf({ images, labels, classNames }: ImageDataset): [string, string][] {
  assert(images.kind === "files");
  return Array.from(labels, (label, image) => [
    pathAt(images.paths, image).split("/").at(-2)!,
    classNames[label],
  ]);
}

Deno.test("openData() labels a test folder by the training set's classes when some are missing", () =>
  inFolder(async (folder) => {
    await writeClasses(`${folder}/train`, TRAINED);
    await writeClasses(`${folder}/test`, { red: 1, green: 0, blue: 2 });
    const { train, test } = await openData(folder);
    assertEquals(train.classNames, ["amber", "blue", "green", "red"]);
    assertEquals(test.classNames, train.classNames);
    assertEquals([...test.labels], [1, 1, 3]);
    assertEquals(classCounts(test), [0, 2, 0, 1]);
    for (const [name, label] of foldersOf(test)) assertEquals(name, label);
    await writeClasses(`${folder}/train`, { violet: 0 });
    await assertRejects(() => openData(folder), DataError, "images of class violet");
    await Deno.remove(`${folder}/train/violet`);
    await Deno.remove(`${folder}/test`, { recursive: true });
    await writeClasses(`${folder}/test`, { red: 0 });
    await assertRejects(() => openData(folder), DataError, "found none");
  }));

Deno.test("openData() throws on new classes in a test folder and suggests the nearest", () =>
  inFolder(async (folder) => {
    await writeClasses(`${folder}/train`, TRAINED);
    const refuses = async (test: Record<string, number>, message: string) => {
      await writeClasses(`${folder}/test`, test);
      await assertRejects(() => openData(folder), DataError, message);
      await Deno.remove(`${folder}/test`, { recursive: true });
    };
    const where = `no other classes in ${folder}/test than those of the training set but found `;
    await refuses({ Amber: 1, blue: 1 }, `${where}"Amber" (did you mean amber?)`);
    await refuses(
      { amber: 1, blue: 1, gren: 1 },
      `"gren" (did you mean green?), and none of green`,
    );
    await refuses({ scarlet: 1, violet: 1, blue: 1, green: 1 }, `"scarlet"; "violet", and none of`);
    await refuses(
      { ...TRAINED, violet: 1 },
      `found "violet": name classes as the training set does`,
    );
  }));

Deno.test("class names are compared in normalised Unicode", () =>
  inFolder(async (folder) => {
    const composed = "caf\u00e9", decomposed = "cafe\u0301";
    await writeClasses(`${folder}/train`, { [decomposed]: 1, cafz: 1 });
    await writeClasses(`${folder}/test`, { [composed]: 1 });
    const { train, test } = await openData(folder);
    // Sorted by normalised name, so that the numbering does not depend on the file system.
    assertEquals(train.classNames, ["cafz", composed]);
    assertEquals([...test.labels], [1]);
    await writeClasses(`${folder}/train`, { [composed]: 2 });
    const both = await imageFolder(`${folder}/train`);
    // Some file systems keep both spellings, others treat them as one folder.
    const folders = [...Deno.readDirSync(`${folder}/train`)].length;
    const labels = folders === 3 ? [0, 1, 1, 1] : [0, 1, 1];
    assertEquals([both.classNames, [...both.labels]], [["cafz", composed], labels]);
    await Deno.writeTextFile(`${folder}/train.txt`, `1.jpg ${decomposed}\n2.jpg cafz\n`);
    await Deno.writeTextFile(`${folder}/test.txt`, `3.jpg ${composed}\n`);
    const lists = await openData(`${folder}/train.txt`);
    assertEquals([lists.train.classNames, [...lists.test.labels]], [["cafz", composed], [1]]);
  }));

Deno.test("importFolder() keeps the training set's classes and labels packed data by name", () =>
  inFolder(async (folder) => {
    await writeClasses(`${folder}/train`, TRAINED);
    await writeClasses(`${folder}/test`, { red: 1, blue: 2 });
    const { split: { test: imported } } = await importFolder(folder, `${folder}/packed`);
    assertEquals(classCounts(imported), [0, 2, 0, 1]);
    const pack = `${folder}/packed/test.pack`;
    assertEquals((await openData(`${folder}/packed`)).test.labels, imported.labels);
    // Data packed elsewhere has some of the classes, in another order.
    const { labels, ...rest } = await readPacked(pack);
    const other = { ...rest, classNames: ["red", "blue"], labels: labels.map((l) => +(l === 1)) };
    await writePacked(pack, other);
    assertEquals((await openData(`${folder}/packed`)).test.labels, imported.labels);
    await writePacked(pack, { ...other, classNames: ["red", "violet"] });
    await assertRejects(() => openData(`${folder}/packed`), DataError, 'found "violet"');
  }));

Deno.test("withClassNames() throws on labels out of range", () => {
  const dataset: ImageDataset = {
    name: "own",
    classNames: ["a", "b"],
    labels: Int32Array.of(0, 2),
    shape: [1, 1, 1],
    mean: [0],
    std: [1],
    images: { kind: "pixels", pixels: new Uint8Array(2) },
  };
  assertThrows(
    () => withClassNames(dataset, ["a", "b", "c"]),
    DataError,
    "Expected labels from 0 to 1 in own but found 2 for image 1",
  );
  const labels = Int32Array.of(1, 0);
  assertEquals([...withClassNames({ ...dataset, labels }, ["c", "b", "a"]).labels], [1, 2]);
});

Deno.test("duplicate class names throw", () => {
  assertThrows(
    () => labelsOfNames(["b"], ["a", "b", "a"], { where: "test" }),
    DataError,
    'by which those of test are numbered, but found "a" twice: rename one',
  );
});
