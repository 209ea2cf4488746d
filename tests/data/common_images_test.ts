import { assertEquals } from "@std/assert";
import { commonImages } from "../../lib/data/common_images.ts";
import { builtin, imageList, openData, writeImageFolder } from "../../lib/data/mod.ts";
import { subset } from "../../lib/data/subset.ts";
import { inFolder } from "../in_folder.ts";

Deno.test("commonImages() finds files of equal content under different names", () =>
  inFolder(async (folder) => {
    const { train, test } = builtin({ max: 6, imbalance: 2, testImages: 2 });
    const paths = await writeImageFolder(`${folder}/train`, train);
    await writeImageFolder(`${folder}/test`, test);
    const copies = [paths[20], paths[3]];
    for (const [i, path] of copies.entries()) {
      await Deno.copyFile(path, `${folder}/test/${train.classNames[0]}/copy${i}.png`);
    }
    // Of the same size as an image of the training set, and equal except for its last bytes.
    const bytes = await Deno.readFile(paths[7]);
    bytes[20] ^= 1;
    await Deno.writeFile(`${folder}/test/${train.classNames[0]}/other.png`, bytes);
    const split = await openData(folder);
    const found = commonImages(split.train, split.test);
    assertEquals(found.length, 2);
    const listed = [paths[3], paths[20], `${folder}/missing.png`];
    await Deno.writeTextFile(`${folder}/a.txt`, `${paths[5]} 0\n${paths[20]} 0\n${paths[3]} 0`);
    await Deno.writeTextFile(`${folder}/b.txt`, listed.map((path) => `${path} 0`).join("\n"));
    const lists = [await imageList(`${folder}/a.txt`), await imageList(`${folder}/b.txt`)];
    assertEquals(commonImages(lists[0], lists[1]), [[2, 0], [1, 1]]);
  }));

Deno.test("commonImages() compares pixels in memory and returns the first of equal images", () => {
  const { train, test } = builtin({ max: 6, imbalance: 2, testImages: 1 });
  assertEquals(commonImages(train, test), []);
  const doubled = subset(train, [4, 9, 4]);
  assertEquals(commonImages(doubled, subset(train, [9, 1, 4, 4])), [[1, 0], [0, 2], [0, 3]]);
});
