/**
 * Built-in scenes, and files of annotations with images.
 *
 * @module
 */
import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { builtinScenes } from "../../../lib/detection/data/builtin_scenes.ts";
import { detectionFolder, type DetectionSet } from "../../../lib/detection/data/detection_set.ts";
import { writeLvis } from "../../../lib/detection/data/write_lvis.ts";
import { lvisAp } from "../../../lib/detection/lvis/lvis_ap.ts";
import { readDetectionDataset } from "../../../lib/detection/lvis/read_dataset.ts";
import { decodeMask, type Rle } from "../../../lib/detection/masks/rle.ts";
import { rleText } from "../../../lib/detection/masks/rle_text.ts";
import { inFolder } from "../../in_folder.ts";

const SMALL = { max: 12, imbalance: 4, testImages: 2, side: 64 } as const;
const { train, test } = builtinScenes(SMALL);

function imagesOfClasses({ dataset }: DetectionSet): number[] {
  return dataset.categories.map((_, label) =>
    new Set(
      dataset.annotations.filter((annotation) => annotation.label === label)
        .map(({ image }) => image),
    ).size
  );
}

Deno.test("built-in scenes show classes as often as they say, but for covered objects", () => {
  const said = train.dataset.categories.map(({ imageCount }) => imageCount!);
  assertEquals(said, [12, 10, 9, 8, 7, 6, 5, 4, 4, 3, 3, 3]);
  imagesOfClasses(train).forEach((count, label) => assert(count <= said[label] && count > 0));
  const [shown, all] = [imagesOfClasses(train), said].map((x) => x.reduce((a, b) => a + b));
  assert(shown >= 0.9 * all, `${shown} of ${all}`);
  assertEquals(
    train.dataset.categories.map(({ frequency }) => frequency?.[0]).join(""),
    "crrrrrrrrrrr",
  );
  assertEquals(imagesOfClasses(test).every((count) => count <= 2), true);
});

Deno.test("built-in scenes are federated, with exact masks, and the same for a seed", async () => {
  const { images, annotations } = train.dataset;
  for (const [index, { absent, notExhaustive }] of images.entries()) {
    const own = annotations.filter(({ image }) => image === index).map(({ label }) => label);
    assertEquals(absent!.filter((label) => own.includes(label)), []);
    assert(notExhaustive.length <= 1);
  }
  assert(images.some(({ absent }) => absent!.length > 0 && absent!.length < 11));
  const again = builtinScenes(SMALL).train, other = builtinScenes({ ...SMALL, seed: 1 }).train;
  assertEquals(again.dataset, train.dataset);
  assertEquals((await again.read(3)).pixels, (await train.read(3)).pixels);
  assertNotEquals((await other.read(3)).pixels, (await train.read(3)).pixels);
  // Visible objects do not overlap.
  const drawn = new Uint8Array(64 * 64);
  for (const { segmentation } of annotations.filter(({ image }) => image === 0)) {
    decodeMask(segmentation as Rle).forEach((pixel, i) => drawn[i] += pixel);
  }
  assert(drawn.every((count) => count <= 1));
  // Perfect detections score 1.
  const results = annotations.map(({ image, label, segmentation }) => {
    const { height, width } = segmentation as Rle;
    const counts = rleText(segmentation as Rle);
    return {
      image_id: images[image].id,
      category_id: label + 1,
      score: 1,
      segmentation: { size: [height, width], counts },
    };
  });
  const { ap, apRare, ar } = lvisAp(train.dataset, results, { of: "masks" });
  assertEquals([ap, apRare, ar].map((value) => value! > 1 - 1e-9), [true, true, true]);
});

Deno.test("written scenes are read again, images included", () =>
  inFolder(async (folder) => {
    await writeLvis(test, folder);
    const file = `${folder}/annotations.json`;
    const dataset = await readDetectionDataset(file);
    assertEquals(dataset, { ...test.dataset, file });
    const set = detectionFolder(dataset, folder);
    assertEquals((await set.read(1)).pixels, (await test.read(1)).pixels);
    const wrong = { ...dataset, images: dataset.images.map((image) => ({ ...image, width: 9 })) };
    await assertRejects(
      () => detectionFolder(wrong, folder).read(0),
      Error,
      `Expected image 1 of ${file} to have 9×64 pixels`,
    );
    await Deno.writeTextFile(`${folder}/1.png`, "");
    await assertRejects(() => set.read(0), Error, "1.png");
  }));

Deno.test("builtinScenes() refuses options out of their range", () => {
  assertThrows(() => builtinScenes({ side: 16 }), RangeError, "at least 32");
  assertThrows(() => builtinScenes({ testImages: 0 }), RangeError, "at least 1");
  assertThrows(() => builtinScenes({ max: 3, imbalance: 100 }), RangeError, "lower the imbalance");
});
