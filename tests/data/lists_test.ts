/**
 * Lists and annotations, valid and invalid.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import { DataError } from "../../lib/core/errors.ts";
import { generatedCounts, writeGeneratedList } from "../../bench/generated_list.ts";
import {
  classCounts,
  classStatistics,
  imageAnnotations,
  type ImageDataset,
  imageList,
  openData,
  openDataSet,
  pathAt,
  subset,
} from "../../lib/data/mod.ts";
import { pathTable } from "../../lib/data/paths.ts";
import { duplicates } from "../../lib/data/lists/duplicates.ts";
import { rng } from "../../lib/core/rng.ts";
import { inFolder } from "../in_folder.ts";

/** Folder of the published lists, if present: next to the project, or `NBN_LISTS`. */
const REAL = Deno.env.get("NBN_LISTS") ??
  fileURLToPath(new URL("../../../shared/data/lists", import.meta.url));
const there = await Deno.stat(REAL).then(() => true, () => false);

/** Published statistics of the lists: images, classes, largest and smallest class. */
const PUBLISHED: Readonly<Record<string, readonly number[]>> = {
  Places_LT_train: [62_500, 365, 4980, 5],
  Places_LT_val: [7300, 365, 20, 20],
  Places_LT_test: [36_500, 365, 100, 100],
  ImageNet_LT_val: [20_000, 1000, 20, 20],
  ImageNet_LT_test: [50_000, 1000, 50, 50],
  iNaturalist18_val: [24_426, 8142, 3, 3],
};

function sizeOf(dataset: ImageDataset): number[] {
  const { images, classes, largest, smallest } = classStatistics(classCounts(dataset));
  return [images, classes, largest, smallest];
}

function pathsOf(dataset: ImageDataset): string[] {
  const { images } = dataset;
  assert(images.kind === "files");
  return Array.from(dataset.labels, (_, image) => pathAt(images.paths, image));
}

for (const [name, size] of Object.entries(PUBLISHED)) {
  Deno.test({
    name: there
      ? `imageList() reads ${name} with its published counts`
      : `imageList() reads ${name} (skipped: there is no ${REAL})`,
    ignore: !there,
    async fn() {
      assertEquals(sizeOf(await imageList(`${REAL}/${name}.txt`)), size);
    },
  });
}

Deno.test({
  name: there
    ? "openDataSet() opens Places-LT from its official lists"
    : `openDataSet() opens Places-LT (skipped: there is no ${REAL})`,
  ignore: !there,
  async fn() {
    const { train, test } = await openDataSet("places-lt", { folder: REAL, root: "images" });
    assertEquals([sizeOf(train), sizeOf(test)], [
      [...PUBLISHED.Places_LT_train],
      [...PUBLISHED.Places_LT_test],
    ]);
    assertEquals(pathsOf(train)[0], "images/train/airfield/00004851.jpg");
    assertEquals([train.shape[0], train.images.kind === "files" && train.images.fit], [
      224,
      "centre-crop",
    ]);
  },
});

Deno.test("imageList() reads a list of iNaturalist 2018's size", () =>
  inFolder(async (folder) => {
    const options = { images: 435_712, classes: 8142, largest: 1000, smallest: 2 };
    await writeGeneratedList(`${folder}/list.txt`, options);
    const dataset = await imageList(`${folder}/list.txt`);
    assertEquals(sizeOf(dataset), [435_712, 8142, 1000, 2]);
    assertEquals(classCounts(dataset), generatedCounts(options));
    // Every path contains its label, and threads share the memory of the table.
    const { images, labels } = dataset;
    assert(images.kind === "files");
    for (let image = 0; image < labels.length; image += 997) {
      assertEquals(pathAt(images.paths, image).split("/").at(-2), String(labels[image]));
    }
    for (const part of [images.paths.bytes, images.paths.starts, images.paths.ends]) {
      assert(part.buffer instanceof SharedArrayBuffer);
    }
  }));

Deno.test("imageList() accepts any line ends, blank lines, spaces in paths and a byte order mark", () =>
  inFolder(async (folder) => {
    const file = `${folder}/list.txt`;
    const text = "\ufeffa.jpg 0\r\n\r\n  my cät.jpg\t1 \r\n/abs/b.jpg  0";
    await Deno.writeTextFile(file, text);
    const dataset = await imageList(file, { root: "images" });
    assertEquals([...dataset.labels], [0, 1, 0]);
    assertEquals(pathsOf(dataset), ["images/a.jpg", "images/my cät.jpg", "/abs/b.jpg"]);
    assertEquals(pathsOf(await imageList(file))[0], `${folder}/a.jpg`);
  }));

Deno.test("imageList() names the first invalid lines and counts the rest", () =>
  inFolder(async (folder) => {
    const file = `${folder}/list.txt`;
    const refuses = async (text: string, message: string, options = {}) => {
      await Deno.writeTextFile(file, text);
      const error = await assertRejects(() => imageList(file, options), DataError, message);
      assertEquals(error.message.includes("\n"), false);
    };
    await refuses("a.jpg 0\nb.jpg\n", '"b.jpg" in line 2');
    await refuses("a.jpg 0\nb.jpg -1\n", "in line 2");
    await refuses("a.jpg 0\nb.jpg x\n", '"b.jpg x"');
    await refuses("a.jpg 0\nb.jpg 1.5\n", "in line 2");
    await refuses("a.jpg 0\n7\nb.jpg7\n", '"7" in line 2; "b.jpg7" in line 3');
    await refuses("a.jpg 12345678901\n", "in line 1");
    await refuses("a\nb\n\nc\nd\ne\n", '"a" in line 1; "b" in line 2; "c" in line 4; and 2 more');
    await refuses("a.jpg 0\nb c.jpg 3\n", "0 to 1", { classNames: ["x", "y"] });
    await refuses("\n", "found none");
    await refuses("a.jpg 0\n\nb.jpg 1\na.jpg 0\n", "a.jpg in lines 1 and 4: remove");
    await refuses(
      [..."abcde", ..."abcde"].map((name) => `${name} 0`).join("\n"),
      "a in lines 1 and 6; b in lines 2 and 7; c in lines 3 and 8; and 2 more",
    );
    await refuses("a.jpg 0\nb.jpg 3\n", "none of 1; 2: number");
    await refuses("a.jpg 0\nb.jpg 999999999\n", "none of 1; 2; 3; and 999999995 more");
    const some = await imageList(file, { classNames: Array(1e6).fill("x") }).catch((e) => e);
    assert(some instanceof DataError);
    await Deno.writeTextFile(file, "a.jpg 0\nb c.jpg 3\n");
    const { labels } = await imageList(file, { classNames: ["w", "x", "y", "z"] });
    assertEquals([...labels], [0, 3]);
    await assertRejects(() => imageList(`${folder}/none.txt`), DataError, "none.txt");
  }));

Deno.test("imageList() checks that files exist on request", () =>
  inFolder(async (folder) => {
    const file = `${folder}/list.txt`;
    await Deno.writeTextFile(file, "\na 0\nb 0\nc 1\nd 1\ne 1\n");
    await Deno.writeTextFile(`${folder}/b`, "");
    await assertRejects(
      () => imageList(file, { checkFiles: true }),
      DataError,
      "4 are missing: a (line 2); c (line 4); d (line 5); and 1 more",
    );
    for (const name of "acde") await Deno.writeTextFile(`${folder}/${name}`, "");
    assertEquals((await imageList(file, { checkFiles: true })).labels.length, 5);
  }));

Deno.test("duplicates() agrees with a map of strings for arbitrary paths", () => {
  const random = rng(1);
  for (let round = 0; round < 20; round++) {
    const paths = Array.from(
      { length: 1 + random.below(300) },
      () => "ab/".repeat(random.below(3)) + random.below(100).toString(2 + random.below(30)),
    );
    const firsts = new Map<string, number>(), expected: [number, number][] = [];
    paths.forEach((path, i) => {
      if (firsts.has(path)) expected.push([firsts.get(path)!, i]);
      else firsts.set(path, i);
    });
    assertEquals(duplicates(pathTable(paths)), expected);
  }
});

Deno.test("pathTable() stores any strings, and subset() selects from it", () => {
  const paths = Array.from({ length: 3000 }, (_, i) => `klasse-ä/${"x".repeat(i % 90)}${i}.jpg`);
  const table = pathTable(paths);
  assertEquals(paths.map((_, i) => pathAt(table, i)), paths);
  const dataset: ImageDataset = {
    name: "",
    classNames: ["0"],
    labels: new Int32Array(3000),
    shape: [1, 1, 3],
    mean: [0],
    std: [1],
    images: { kind: "files", paths: table, fit: "stretch" },
  };
  assertEquals(pathsOf(subset(dataset, [2999, 0, 7])), [paths[2999], paths[0], paths[7]]);
  assertEquals(pathTable([]).starts.length, 0);
});

const IMAGES = [{ id: 5, file_name: "x/a.jpg" }, { id: 6, file_name: "y/b.jpg" }];
const ANNOTATIONS = [{ image_id: 6, category_id: 9 }, { image_id: 5, category_id: 4 }];
const CATEGORIES = [{ id: 9, name: "stork" }, { id: 4, name: "heron" }];

Deno.test("imageAnnotations() reads iNaturalist's JSON, categories in the order of their ids", () =>
  inFolder(async (folder) => {
    const file = `${folder}/train2018.json`;
    const write = (parts: object) => Deno.writeTextFile(file, JSON.stringify(parts));
    const whole = { images: IMAGES, annotations: ANNOTATIONS, categories: CATEGORIES };
    await write(whole);
    const dataset = await imageAnnotations(file);
    assertEquals([[...dataset.labels], dataset.classNames], [[0, 1], ["heron", "stork"]]);
    assertEquals(pathsOf(dataset), [`${folder}/x/a.jpg`, `${folder}/y/b.jpg`]);
    await write({ images: IMAGES, annotations: ANNOTATIONS });
    assertEquals((await imageAnnotations(file)).classNames, ["4", "9"]);

    const cases: [object, string][] = [
      [{}, '"images"'],
      [{ ...whole, images: [] }, "found none"],
      [{ ...whole, images: [{ id: 5 }] }, 'found {"id":5}'],
      [{ ...whole, annotations: "none" }, "found no list"],
      [{ ...whole, annotations: ANNOTATIONS.slice(1) }, "y/b.jpg has none"],
      [{ ...whole, annotations: [...ANNOTATIONS, ANNOTATIONS[0]] }, "image 6 has several"],
      [{ ...whole, categories: CATEGORIES.slice(1) }, "category 9 is unknown"],
      [{ ...whole, categories: [...CATEGORIES, { id: 5, name: "crane" }] }, "none of crane"],
      [{ ...whole, images: [IMAGES[0], { ...IMAGES[1], file_name: "x/a.jpg" }] }, "again x/a.jpg"],
    ];
    for (const [parts, message] of cases) {
      await write(parts);
      await assertRejects(() => imageAnnotations(file), DataError, message);
    }
    await Deno.writeTextFile(file, "{");
    await assertRejects(() => imageAnnotations(file), DataError, file);
    await write(whole);
    await assertRejects(
      () => imageAnnotations(file, { checkFiles: true }),
      DataError,
      "2 are miss",
    );
  }));

Deno.test("openData() finds custom lists, official lists, and a list by name", () =>
  inFolder(async (folder) => {
    const list = "a.jpg 0\nb.jpg 1\n";
    await Deno.writeTextFile(`${folder}/train.txt`, list);
    await Deno.writeTextFile(`${folder}/val.txt`, "c.jpg 1\n");
    const own = await openData(folder, { root: "images", size: 8 });
    assertEquals([own.train.shape, own.test.classNames], [[8, 8, 3], ["0", "1"]]);
    assertEquals(pathsOf(own.test), ["images/c.jpg"]);
    assertEquals(sizeOf((await openData(`${folder}/train.txt`)).train), [2, 2, 1, 1]);
    const other = await openData(`${folder}/val.txt`, { test: `${folder}/train.txt` })
      .catch((error) => error);
    assert(other instanceof DataError && other.message.includes("none of 0"));
    await assertRejects(() => openData(`${folder}/val.txt`), DataError, "name one");

    await Deno.mkdir(`${folder}/official/train`, { recursive: true });
    for (const set of ["train", "val"]) {
      await Deno.writeTextFile(`${folder}/official/Places_LT_${set}.txt`, list);
    }
    assertEquals((await openData(`${folder}/official`)).test.name, "Places_LT_val");
    const open = () => openDataSet("places-lt", { folder: `${folder}/official` });
    await assertRejects(open, DataError, "365 classes but found 2");
    await assertRejects(
      () => openDataSet("imagenet-lt", { folder }),
      DataError,
      "ImageNet_LT_train.txt with ImageNet_LT_test.txt, or ",
    );
    await assertRejects(
      () => openDataSet("mnist" as never, { folder }),
      RangeError,
      "inaturalist2018",
    );
    for (const set of ["train", "val"]) {
      await Deno.writeTextFile(`${folder}/official/iNaturalist18_${set}.txt`, list);
    }
    await assertRejects(
      () => openData(`${folder}/official`),
      DataError,
      "inaturalist2018 and places-lt",
    );
  }));

Deno.test("openDataSet() opens ImageNet's folders with a crop of 224 pixels", () =>
  inFolder(async (folder) => {
    const open = (options = {}) => openDataSet("imagenet", { folder, ...options });
    await assertRejects(open, DataError, "train and val, with a folder of images for each class");
    for (let label = 0; label < 1000; label++) {
      for (const set of ["train", "val"]) {
        const name = `${folder}/${set}/n${String(label).padStart(8, "0")}`;
        await Deno.mkdir(name, { recursive: true });
        await Deno.writeFile(`${name}/1.JPEG`, new Uint8Array());
      }
    }
    // The official test set has neither labels nor class folders.
    await Deno.mkdir(`${folder}/test`);
    await Deno.writeFile(`${folder}/test/1.JPEG`, new Uint8Array());
    const { train, test } = await open();
    assertEquals(sizeOf(train), [1000, 1000, 1, 1]);
    assertEquals([train.shape, test.shape], [[224, 224, 3], [224, 224, 3]]);
    assert(train.images.kind === "files" && train.images.fit === "centre-crop");
    assertEquals([train.classNames[7], test.labels[7]], ["n00000007", 7]);
    await assertRejects(() => open({ root: "images" }), DataError, "no root for");
    await Deno.remove(`${folder}/val/n00000003`, { recursive: true });
    assertEquals((await open()).test.labels[3], 4);
    await Deno.remove(`${folder}/train/n00000003`, { recursive: true });
    await assertRejects(open, DataError, "1000 classes but found 999");
    await Deno.mkdir(`${folder}/val/n00000003`);
    await Deno.writeFile(`${folder}/val/n00000003/1.JPEG`, new Uint8Array());
    await assertRejects(
      open,
      DataError,
      'found "n00000003": name classes as the training set does',
    );
  }));

Deno.test("classStatistics() agrees with the definition of the Gini coefficient", () => {
  const random = rng(2);
  for (let round = 0; round < 50; round++) {
    const counts = Array.from({ length: 1 + random.below(30) }, () => 1 + random.below(400));
    let differences = 0, sum = 0;
    for (const a of counts) {
      sum += a;
      for (const b of counts) differences += Math.abs(a - b);
    }
    const { gini, groups, images } = classStatistics(counts);
    assertAlmostEquals(gini, differences / (2 * counts.length * sum), 1e-12);
    const parts = Object.values(groups);
    assertEquals(parts.reduce((total, part) => total + part.classes, 0), counts.length);
    assertEquals([parts.reduce((total, part) => total + part.images, 0), images], [sum, sum]);
  }
  assertEquals(classStatistics([5, 0]).imbalance, Infinity);
  assertThrows(() => classStatistics([0, 0]), RangeError, "2 classes");
});
