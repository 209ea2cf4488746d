/**
 * Labels in lists: numbers, class names, category ids; lines, columns, encodings.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../lib/core/errors.ts";
import {
  imageAnnotations,
  type ImageDataset,
  imageList,
  openData,
  pathAt,
} from "../../lib/data/mod.ts";
import { inFolder } from "../in_folder.ts";

function pathsOf({ images, labels }: ImageDataset): string[] {
  assert(images.kind === "files");
  return Array.from(labels, (_, image) => pathAt(images.paths, image));
}

Deno.test("imageList() reads class names as labels, and a test list by the training list's classes", () =>
  inFolder(async (folder) => {
    const train = `${folder}/train.txt`, test = `${folder}/test.txt`;
    await Deno.writeTextFile(train, "1.jpg stork\na b.jpg heron\r\n3.jpg stork\n");
    const { classNames, labels } = await imageList(train);
    assertEquals([classNames, [...labels]], [["heron", "stork"], [1, 0, 1]]);
    assertEquals(pathsOf(await imageList(train))[1], `${folder}/a b.jpg`);
    await Deno.writeTextFile(test, "a b/c d.JPG golden plover\nx\tcafe\u0301 bar\nb.png  heron\n");
    const spaced = await imageList(test, { root: "" });
    assertEquals(spaced.classNames, ["bar", "golden plover", "heron"]);
    assertEquals(pathsOf(spaced), ["a b/c d.JPG", "x\tcafe\u0301", "b.png"]);
    await Deno.writeTextFile(test, "4.jpg\tstork\n");
    assertEquals([...(await openData(train)).test.labels], [1]);
    const refuses = async (file: string, text: string, message: string) => {
      await Deno.writeTextFile(file, text);
      await assertRejects(() => openData(train), DataError, message);
    };
    await refuses(test, "4.jpg strok\n", 'found "strok" (did you mean stork?)');
    await refuses(test, "4.jpg 0\n", 'found "0"');
    await refuses(train, "a.jpg heron\nb.jpg 1\n", '"a.jpg heron" in line 1');
    await refuses(train, "a.jpg 0.5\nb.jpg 1.5\n", '"a.jpg 0.5" in line 1');
    await refuses(train, "my cat.jpg\nmy dog.jpg\n", '"my cat.jpg" in line 1');
    await Deno.writeTextFile(test, "4.jpg heron\n");
    await refuses(train, "a.jpg 0\nb.jpg 1\n", 'found "heron"');
  }));

Deno.test("imageList() reads CSV with a header, columns in any order", () =>
  inFolder(async (folder) => {
    const file = `${folder}/train.csv`;
    const read = async (text: string, options = {}) => {
      await Deno.writeTextFile(file, text);
      const dataset = await imageList(file, { root: "images", ...options });
      return [dataset.classNames, [...dataset.labels], pathsOf(dataset)];
    };
    const paths = ["images/a, b.jpg", "images/c.jpg"];
    assertEquals(
      await read(
        '\ufeffid,Label,split,path\r\n1,dog,x,"a, b.jpg"\r\n\r\n2,"sea ""cat""",x, c.jpg\r\n',
      ),
      [["dog", 'sea "cat"'], [0, 1], paths],
    );
    assertEquals(await read('filename;class\n"a, b.jpg";1\nc.jpg;0\n'), [
      ["0", "1"],
      [1, 0],
      paths,
    ]);
    assertEquals(await read('"image"\t"category"\na, b.jpg\tx\nc.jpg\tx\n'), [
      ["x"],
      [0, 0],
      paths,
    ]);
    assertEquals(
      await read('path,label\n"a, b.jpg",1\nc.jpg,2\n', { labelsFrom: 1 }),
      [["1", "2"], [0, 1], paths],
    );
    // A list in columns is also recognised by its header.
    await Deno.writeTextFile(`${folder}/list.txt`, "label,path\n0,a b.jpg\n1,c.jpg\n");
    assertEquals([...(await imageList(`${folder}/list.txt`)).labels], [0, 1]);

    const refuses = (text: string, message: string, options = {}) =>
      assertRejects(() => read(text, options), DataError, message);
    await refuses("a.jpg,0\nb.jpg,1\n", 'but found "a.jpg,0": write their names there');
    await refuses(
      "path,label\na.jpg,0\nb.jpg,\n,1\nc.jpg,x\n",
      '"b.jpg," in row 3; ",1" in row 4; "c.jpg,x" in row 5',
    );
    await refuses("path,label\na.jpg,cat\nb.jpg,9\n", '"a.jpg,cat" in row 2');
    await refuses("path,label\na.jpg,5\n", "from 0 to 1", { classNames: ["x", "y"] });
    await refuses("path,label\na.jpg,z\n", 'found "z", and none of x; y', {
      classNames: ["x", "y"],
    });
    await refuses("path,label\na.jpg,0\na.jpg,0\n", "a.jpg in rows 2 and 3");
    await refuses('path,label\n"a.jpg,0\n', "Expected a table in");
    await refuses("path,label\n", "Expected images in");
    await refuses("path,label\na.jpg,0\n", "a.jpg (row 2)", { checkFiles: true });
    await Deno.writeTextFile(`${folder}/list.txt`, "a.jpg,0\nb.jpg,1\n");
    await assertRejects(
      () => imageList(`${folder}/list.txt`),
      DataError,
      'found "a.jpg,0" in line 1; "b.jpg,1" in line 2: write a first line path,label above',
    );
  }));

Deno.test("imageList() throws on UTF-16, comments and labels from 1 with the remedy", () =>
  inFolder(async (folder) => {
    const file = `${folder}/list.txt`;
    const refuses = (message: string, options = {}) =>
      assertRejects(() => imageList(file, options), DataError, message);
    const text = "a.jpg 0\nb.jpg 1\n";
    const little = Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0), 0]));
    await Deno.writeFile(file, Uint8Array.of(0xff, 0xfe, ...little));
    await refuses(`in ${file} but found UTF-16: save it as UTF-8, for instance by iconv -f UTF-16`);
    await Deno.writeFile(file, Uint8Array.of(0xfe, 0xff, 0, ...little.subarray(0, -1)));
    await refuses("found UTF-16");
    await Deno.writeFile(file, little);
    await refuses("found zeros, as UTF-16 has");

    await Deno.writeTextFile(file, "# classes: 10\na.jpg 0\n");
    await refuses(
      'found "# classes: 10" in line 1: remove comments, or write ./ before such a path',
    );
    await Deno.writeTextFile(file, "./#a.jpg 0\n");
    assertEquals(pathsOf(await imageList(file, { root: "" })), ["./#a.jpg"]);

    await Deno.writeTextFile(file, "a.jpg 1\nb.jpg 2\nc.jpg 2\n");
    const hint = "if its labels begin at 1, pass --labels-from 1";
    await refuses(`from 0 to 2 in ${file} but found none of 0: ${hint}`);
    await refuses(`found "b.jpg 2" in line 2; "c.jpg 2" in line 3: ${hint}`, {
      classNames: ["x", "y"],
    });
    const { labels, classNames } = await imageList(file, { labelsFrom: 1 });
    assertEquals([[...labels], classNames], [[0, 1, 1], ["1", "2"]]);
    await Deno.writeTextFile(file, "a.jpg 1\nb.jpg 0\n");
    await refuses("a label of at least 1 in every line", { labelsFrom: 1 });
    await Deno.writeTextFile(`${folder}/my_train.txt`, "a.jpg 1\nb.jpg 2\n");
    await Deno.writeTextFile(`${folder}/my_test.txt`, "c.jpg 2\n");
    const { test } = await openData(`${folder}/my_train.txt`, { labelsFrom: 1 });
    assertEquals([...test.labels], [1]);
  }));

Deno.test("annotations for evaluation use the training file's category ids", () =>
  inFolder(async (folder) => {
    const write = (name: string, parts: object) =>
      Deno.writeTextFile(`${folder}/${name}.json`, JSON.stringify(parts));
    const categories = [{ id: 9, name: "stork" }, { id: 4, name: "heron" }, {
      id: 6,
      name: "ibis",
    }];
    const image = (id: number) => ({ id, file_name: `${id}.jpg` });
    const of = (...ids: number[]) => ({
      images: ids.map((_, i) => image(i)),
      annotations: ids.map((id, i) => ({ image_id: i, category_id: id })),
    });
    await write("train", { ...of(4, 6, 9, 9), categories });
    const open = () => openData(`${folder}/train.json`);
    const labelled = async (parts: object) => {
      await write("test", parts);
      const { train, test } = await open();
      assertEquals(test.classNames, train.classNames);
      return [...test.labels];
    };
    await write("test", of(9));
    assertEquals((await open()).train.classNames, ["heron", "ibis", "stork"]);
    // The labels are equal with all categories, none, only those in use, or all in another order.
    const test = of(9, 4);
    assertEquals(await labelled({ ...test, categories }), [2, 0]);
    assertEquals(await labelled(test), [2, 0]);
    assertEquals(await labelled({ ...test, categories: null }), [2, 0]);
    assertEquals(await labelled({ ...test, categories: categories.slice(0, 2) }), [2, 0]);
    assertEquals(await labelled({ ...test, categories: categories.toReversed() }), [2, 0]);
    const extra = [...categories, { id: 7, name: "crane" }];
    assertEquals(await labelled({ ...test, categories: extra }), [2, 0]);

    const refuses = async (parts: object, message: string) => {
      await write("test", parts);
      await assertRejects(open, DataError, message);
    };
    await refuses(
      { ...of(9, 7, 7), categories: extra },
      "1 that differ: category 7 (crane) is unknown",
    );
    await refuses(of(7), "category 7 is unknown");
    const swapped = [{ id: 9, name: "heron" }, { id: 4, name: "stork" }];
    await refuses(
      { ...test, categories: swapped },
      "9 is heron here and stork in the training file; 4 is stork here and heron in the training file",
    );
    // If the training set has no ids, as a folder, names apply.
    const classNames = ["ibis", "stork", "heron"];
    await write("test", { ...test, categories: swapped });
    const named = await imageAnnotations(`${folder}/test.json`, { classNames });
    assertEquals([...named.labels], [2, 1]);
    await write("test", { ...of(7), categories: extra });
    await assertRejects(
      () => imageAnnotations(`${folder}/test.json`, { classNames }),
      DataError,
      'found "crane"',
    );
  }));
