/**
 * Loading LVIS for recipes, from its folder or from files of annotations.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { DataError, UsageError } from "../../../lib/core/errors.ts";
import { builtinScenes } from "../../../lib/detection/data/builtin_scenes.ts";
import { lvisJson } from "../../../lib/detection/data/write_lvis.ts";
import { lvis } from "../../../lib/detection/recipes/data_sets/lvis.ts";
import { inFolder } from "../../in_folder.ts";

const { train, test } = builtinScenes({ max: 12, imbalance: 4, testImages: 1, side: 32 });

Deno.test("LVIS is loaded from its folder, or from two files and the folder of the images", () =>
  inFolder(async (folder) => {
    const [first, second] = ["train", "val"].map((set) => `${folder}/lvis_v1_${set}.json`);
    await Deno.writeTextFile(first, JSON.stringify(lvisJson(train.dataset)));
    await Deno.writeTextFile(second, JSON.stringify(lvisJson(test.dataset)));
    const whole = await lvis.load({ folder, seed: 0 });
    assertEquals(
      [whole.train, whole.test].map(({ dataset }) => dataset.annotations),
      [train, test].map(({ dataset }) => dataset.annotations),
    );
    assertEquals(whole.provenance, { folder });
    const apart = { folder: first, test: second, root: `${folder}/images`, seed: 0 };
    const { train: images, provenance, content } = await lvis.load(apart);
    assertEquals(provenance, { folder: first, test: second, root: `${folder}/images` });
    // Neither has images, so the content is the same; one image makes it another.
    assertEquals(content, whole.content);
    await Deno.mkdir(`${folder}/images`);
    await Deno.writeTextFile(`${folder}/images/${train.dataset.images.at(-1)!.path}`, "");
    const changed = (await lvis.load(apart)).content;
    assertEquals([changed?.train === content?.train, changed?.test], [false, content?.test]);
    await assertRejects(() => images.read(0), DataError, `${folder}/images/1.png`);
    assertEquals((await lvis.loadTest(apart)).dataset.file, second);

    await assertRejects(() => lvis.load({ folder: first, seed: 0 }), UsageError, "Expected --test");
    const { categories, ...rest } = lvisJson(test.dataset);
    const other = [...categories.slice(1), categories[0]];
    await Deno.writeTextFile(second, JSON.stringify({ ...rest, categories: other }));
    await assertRejects(
      () => lvis.load({ folder, seed: 0 }),
      DataError,
      "in the same order, but found 2 in place of 1",
    );
  }));
