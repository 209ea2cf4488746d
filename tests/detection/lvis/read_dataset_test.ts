/**
 * Annotation files of LVIS and COCO, whole and damaged.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../../lib/core/errors.ts";
import { faultLines } from "../../../lib/detection/lvis/fault_lines.ts";
import { readDetectionDataset } from "../../../lib/detection/lvis/read_dataset.ts";
import { readDetectionResults } from "../../../lib/detection/lvis/results.ts";
import { inFolder } from "../../in_folder.ts";

const segmentation = [[2, 2, 6, 2, 6, 6, 2, 6]];

/** A small file of LVIS with one annotation for each change of a good one. */
function lvis(...changes: Record<string, unknown>[]) {
  return {
    info: { description: 'a "test" with [brackets}', year: 2020 },
    images: [7, 8].map((id) => ({
      id,
      width: 20,
      height: 10,
      coco_url: `http://localhost/val2017/${id}.jpg`,
      neg_category_ids: [2],
      not_exhaustive_category_ids: id === 8 ? [1] : [],
    })),
    categories: [
      { id: 1, name: "heron", frequency: "f", image_count: 200 },
      { id: 2, name: "stork", frequency: "r", image_count: 3 },
    ] as Record<string, unknown>[],
    annotations: changes.map((change, i) => ({
      ...{ id: i + 1, image_id: 7, category_id: 1, bbox: [2, 2, 4, 4], area: 16, segmentation },
      ...change,
    })),
  };
}

async function read(content: unknown) {
  let dataset: Awaited<ReturnType<typeof readDetectionDataset>> | undefined;
  await inFolder(async (folder) => {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await Deno.writeTextFile(`${folder}/val.json`, text);
    dataset = await readDetectionDataset(`${folder}/val.json`);
  });
  return { ...dataset!, file: "val.json" };
}

async function refuse(content: unknown, words: string): Promise<void> {
  const { message } = await assertRejects(() => read(content), DataError, words);
  assertEquals([message.includes("val.json"), message.includes("\n")], [true, false], message);
}

Deno.test("an LVIS file is read", async () => {
  const { images, categories, annotations, faults } = await read(lvis({}, { image_id: 8 }));
  assertEquals(images[1], {
    id: 8,
    width: 20,
    height: 10,
    path: "val2017/8.jpg",
    absent: [1],
    notExhaustive: [0],
  });
  assertEquals(categories[1], { id: 2, name: "stork", frequency: "rare", imageCount: 3 });
  assertEquals(annotations[1], {
    id: 2,
    image: 1,
    label: 0,
    box: [2, 2, 4, 4],
    area: 16,
    segmentation,
    ignored: false,
  });
  assertEquals(faults, []);
});

Deno.test("a COCO file is read", async () => {
  const { images, categories, annotations } = lvis({ iscrowd: 0 });
  const coco = await read({
    annotations,
    categories: categories.map(({ id, name }) => ({ id, name })),
    images: images.map(({ id, width, height }) => ({ id, width, height, file_name: `${id}.jpg` })),
  });
  assertEquals(coco.images[0], { id: 7, width: 20, height: 10, path: "7.jpg", notExhaustive: [] });
  assertEquals(coco.categories[0], { id: 1, name: "heron" });
  assertEquals(coco.annotations.length, 1);
});

Deno.test("annotations that cannot be learnt from are kept, counted and told", async () => {
  const { annotations, ...dataset } = await read(lvis(
    { bbox: [2, 2, -4, 4] },
    { bbox: [30, 2, 4, 4] },
    { area: 0 },
    { segmentation: [[2, 2, 6, 6]] },
    { segmentation: [[2, 2, 4, 4, 6, 6]] },
    { segmentation: [[32, 2, 36, 2, 36, 6]] },
    { segmentation: [...segmentation, [2, 2, 6, 6]] },
    { iscrowd: 1, segmentation: { size: [10, 20], counts: [100, 100] } },
    { segmentation: [] },
    { segmentation: undefined },
  ));
  assertEquals(annotations.map(({ fault }) => fault), [
    "empty-box",
    "outside",
    "no-area",
    "few-corners",
    "flat-polygon",
    "polygon-outside",
    undefined,
    "crowd",
    "few-corners",
    undefined,
  ]);
  assertEquals(annotations[6].segmentation, segmentation);
  assertEquals(faultLines(dataset), [
    "val.json: 1 annotation with a box without positive width and height is not learnt from: 1",
    "val.json: 1 annotation with a box outside the image is not learnt from: 2",
    "val.json: 1 annotation with an area that is not above 0 is not learnt from: 3",
    "val.json: 2 polygons with fewer than three corners are dropped, of annotation 4; 7",
    "val.json: 2 annotations with fewer than three corners are not learnt from: 4; 9",
    "val.json: 1 polygon with an outline that encloses no area is dropped, of annotation 5",
    "val.json: 1 annotation with an outline that encloses no area is not learnt from: 5",
    "val.json: 1 polygon with an outline outside the image is dropped, of annotation 6",
    "val.json: 1 annotation with an outline outside the image is not learnt from: 6",
    "val.json: 1 annotation with many objects at once (iscrowd) is not learnt from: 8",
  ]);
});

Deno.test("a file with unusable entries is refused in one line with the ids", async () => {
  await refuse(lvis({ image_id: 9 }), "annotation 1 of image 9");
  await refuse(lvis({ category_id: 9 }), "annotation 1 of 9");
  await refuse(lvis({}, { id: 1 }), "each id once among the annotations");
  await refuse(lvis({ bbox: [1, 2, 3] }), `annotations with id, image_id and category_id`);
  await refuse(lvis({ area: null }), `annotations with id, image_id and category_id`);
  await refuse(lvis({ segmentation: [[1, 2, 3]] }), "annotation 1 with [[1,2,3]]");
  await refuse(lvis({ segmentation: [1, 2, 3, 4, 5, 6] }), "annotation 1 with [1,2,3");
  await refuse(
    lvis({ segmentation: { size: [20, 10], counts: [200] } }),
    "annotation 1: run lengths of size [10, 20] but found [20,10]",
  );
  await refuse(
    lvis({ segmentation: { size: [10, 20], counts: [199] } }),
    "annotation 1: runs that",
  );
  await refuse(lvis({ segmentation: { size: [10, 20], counts: [-1, 201] } }), "runs that");
  const many = [9, 10, 11, 12].map((image_id) => ({ image_id }));
  await refuse(lvis(...many), "found 4 that differ: annotation 1 of image 9; annotation 2");
  const { images, categories, ...rest } = lvis();
  await refuse({ ...rest, categories, images: [images[0], images[0]] }, "among the images");
  await refuse({ ...rest, images, categories: [categories[0], categories[0]] }, "among the categ");
  const unnamed = [{ id: 1, frequency: "f" }];
  await refuse(
    { ...rest, images, categories: unnamed },
    "categories with id (an integer) and name",
  );
  const ungrouped = [categories[0], { id: 2, name: "stork" }];
  await refuse({ ...rest, images, categories: ungrouped }, "category 2 (stork) with nothing");
  const elsewhere = { ...images[0], neg_category_ids: [5] };
  await refuse({ ...rest, categories, images: [elsewhere] }, "category 5 of image 7");
  const open = { ...images[0], not_exhaustive_category_ids: undefined };
  await refuse({ ...rest, categories, images: [open] }, "not_exhaustive_category_ids");
  await refuse({ ...rest, categories, images: [{ ...images[0], width: 0 }] }, "images with id");
  await refuse({ ...rest, categories, images: [{ ...images[0], coco_url: 1 }] }, "images with id");
  await refuse({ ...rest, categories, images: [null] }, "images with id");
  await refuse({ ...rest, images }, "found no categories");
});

Deno.test("a file that is not JSON is refused", async () => {
  const text = JSON.stringify(lvis({}));
  await refuse("", "ends early");
  await refuse(text.slice(0, -1), "ends early");
  await refuse(text.slice(0, 300), "ends early");
  await refuse(`${text}]`, "more after its end");
  await refuse(`${text} 5`, "more after its end");
  await refuse(`x${text}`, "one list or record");
  await refuse(text.replace('"id":7', '"id":07'), "could not read it");
  await refuse(text.replace('}],"categories', '}},"categories'), "is not closed");
  await refuse("[]", "found no images, annotations, categories");
  await assertRejects(() => readDetectionDataset("absent.json"), DataError, "absent.json");
});

Deno.test("files larger than a chunk are read whole", async () => {
  const changes = Array.from({ length: 20000 }, (_, i) => ({ note: `"}],[{\\${i}`, area: i + 1 }));
  const { annotations } = await read(`\uFEFF ${JSON.stringify(lvis(...changes), null, 1)}\n`);
  assertEquals(annotations.length, changes.length);
  assertEquals(annotations.map(({ area }) => area), changes.map(({ area }) => area));
});

Deno.test("a file of results is a list, checked against its data set", async () => {
  const dataset = await read(lvis({}));
  await inFolder(async (folder) => {
    const file = `${folder}/results.json`;
    const result = { image_id: 7, category_id: 2, score: 0.5, bbox: [1, 2, 3, 4] };
    await Deno.writeTextFile(file, JSON.stringify([result, result]));
    assertEquals((await readDetectionResults(file, dataset)).length, 2);
    await Deno.writeTextFile(file, JSON.stringify([result, { ...result, image_id: 5 }]));
    await assertRejects(
      () => readDetectionResults(file, dataset),
      DataError,
      "result 1 of image 5",
    );
    await Deno.writeTextFile(file, JSON.stringify({ results: [result] }));
    await assertRejects(() => readDetectionResults(file, dataset), DataError, "found a record");
    await Deno.writeTextFile(file, "[null]");
    await assertRejects(
      () => readDetectionResults(file, dataset),
      DataError,
      "result 0 of image undefined",
    );
  });
});
