/**
 * What a detector learns from: annotations, prepared images, batches.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { builtinScenes } from "../../../lib/detection/data/builtin_scenes.ts";
import { collateImages } from "../../../lib/detection/data/collate.ts";
import type { DetectionSet } from "../../../lib/detection/data/detection_set.ts";
import { learnableImages } from "../../../lib/detection/data/learnable.ts";
import { fittedSize, prepareImage } from "../../../lib/detection/data/prepared.ts";
import { trainingBatches } from "../../../lib/detection/data/training_batches.ts";
import type { DetectionAnnotation } from "../../../lib/detection/lvis/dataset.ts";
import { testOnBackends } from "../../backends.ts";

const { train } = builtinScenes({ max: 12, imbalance: 4, testImages: 2, side: 64 });

Deno.test("learnableImages() leaves out what cannot be learnt from and counts it", () => {
  const image = { width: 64, height: 64, path: "", notExhaustive: [] };
  const object = { label: 0, box: [1, 1, 9, 9] as const, area: 81, ignored: false };
  const dataset = {
    file: "train.json",
    images: [
      { id: 1, ...image },
      { id: 2, ...image },
      { id: 3, ...image, height: 20 },
      { id: 4, ...image },
      { id: 5, ...image },
    ],
    categories: [{ id: 1, name: "heron" }],
    annotations: [
      { id: 1, image: 0, ...object },
      { id: 2, image: 1, ...object, fault: "outside" },
      { id: 3, image: 2, ...object },
      { id: 4, image: 3, ...object, box: [1, 1, 0.5, 9] },
    ] as DetectionAnnotation[],
    faults: [{ what: "annotation", fault: "outside", count: 1, first: [2] }] as const,
  };
  const { images, annotations, leftOut } = learnableImages(dataset);
  assertEquals(images, [0]);
  assertEquals(annotations.map(({ length }) => length), [1, 0, 0, 0, 0]);
  assertEquals(leftOut, [
    "train.json: 1 annotation with a box outside the image is not learnt from: 2",
    "train.json: 1 annotation with a box less than a pixel wide or high is left out: 4",
    "train.json: 1 image with a side below 32 pixels is left out: 3",
    "train.json: 3 images without an annotation to learn from are left out: 2; 4; 5",
  ]);
});

Deno.test("images are resized to fit both bounds", () => {
  assertEquals(fittedSize({ height: 480, width: 640 }, [1333, 640]), [640, 853]);
  assertEquals(fittedSize({ height: 200, width: 640 }, [1333, 800]), [417, 1333]);
  assertEquals(fittedSize({ height: 640, width: 480 }, [1333, 640]), [853, 640]);
});

Deno.test("objects are resized and flipped with their image", () => {
  const image = { width: 40, height: 20, pixels: new Uint8Array(40 * 20 * 3) };
  const counts = Uint32Array.from([
    4 * 20 + 2,
    6,
    ...Array(9).fill([14, 6]).flat(),
    14 + 26 * 20 - 2,
  ]);
  const object = {
    id: 1,
    image: 0,
    label: 3,
    box: [4, 2, 10, 6],
    area: 60,
    ignored: false,
  } as const;
  const polygon = { ...object, segmentation: [[4, 2, 14, 2, 14, 8, 4, 8]] };
  const runs = { ...object, segmentation: { height: 20, width: 40, counts } };
  const normal = { mean: [0, 0, 0], std: [1, 1, 1] };
  for (const fit of [[40, 20], [80, 40], [20, 10]] as const) {
    const [plain, flipped] = [false, true].map((flip) =>
      prepareImage(image, [polygon, runs], { fit, flip, ...normal }).objects
    );
    const factor = fit[0] / 40;
    assertEquals(plain[0].box, [4, 2, 14, 8].map((side) => side * factor) as never);
    assertEquals(flipped[0].box, [26, 2, 36, 8].map((side) => side * factor) as never);
    for (const objects of [plain, flipped]) {
      assertEquals(objects[0].mask, objects[1].mask);
      for (const { box: [left, top, right, bottom], mask } of objects) {
        const expected = mask.map((_, i) => {
          const x = i % fit[0], y = Math.floor(i / fit[0]);
          return Number(x >= left && x < right && y >= top && y < bottom);
        });
        assertEquals(mask, expected);
      }
    }
  }
});

testOnBackends("collateImages() pads, and keeps the largest objects", async () => {
  const { annotations } = learnableImages(train.dataset), { mean, std } = train;
  const crowded = annotations.findIndex(({ length }) => length > 2);
  const image = prepareImage(await train.read(crowded), annotations[crowded], {
    ...{ fit: [64, 64], mean, std },
  });
  const batch = collateImages([image, image], { canvas: [64, 96], objects: 2 });
  assertEquals(batch.images.shape, [2, 64, 96, 3]);
  assertEquals(batch.masks.shape, [2, 2, 64, 96]);
  assertEquals([...batch.present.dataSync()], [1, 1, 1, 1]);
  assertEquals([...batch.sizes.dataSync()], [64, 64, 64, 64]);
  assertEquals(batch.images.slice([0, 0, 64, 0], [2, 64, 32, 3]).abs().sum().dataSync()[0], 0);
  const area = ({ box }: typeof image.objects[number]) => (box[2] - box[0]) * (box[3] - box[1]);
  const least = image.objects.map(area).sort((a, b) => b - a)[1];
  const kept = image.objects.filter((object) => area(object) >= least);
  assertEquals([...batch.labels.dataSync()].slice(0, 2), kept.map(({ label }) => label));
  assertThrows(
    () => collateImages([image], { canvas: [60, 64], objects: 2 }),
    RangeError,
    "multiples of 32",
  );
  assertThrows(
    () => collateImages([image], { canvas: [32, 64], objects: 2 }),
    RangeError,
    "at most 32×64",
  );
});

/** A set of images of which every third is high. */
function mixed(): DetectionSet {
  const { dataset } = train;
  const images = dataset.images.map((image, i) => i % 3 === 0 ? { ...image, width: 40 } : image);
  return {
    ...train,
    dataset: { ...dataset, images },
    async read(index) {
      const { width, height } = images[index], { pixels } = await train.read(index);
      return { width, height, pixels: pixels.slice(0, 3 * width * height) };
    },
  };
}

testOnBackends("batches hold images of one aspect, and depend on the step only", async () => {
  const set = mixed(), learnt = learnableImages(set.dataset);
  const polygons = learnt.annotations.map((own) =>
    own.map((annotation) => ({ ...annotation, segmentation: [[0, 0, 9, 0, 9, 9]] }))
  );
  const open = () =>
    trainingBatches(set, { ...learnt, annotations: polygons }, {
      ...{ batch: 3, seed: 5, fits: [[64, 32], [64, 64]], objects: 4 },
    });
  const batches = open(), seen = new Set<number>();
  for (let step = 0; step < 30; step++) {
    const images = batches.imagesOf(step);
    const high = images.map((image) => set.dataset.images[image].width < 64);
    assertEquals(new Set(high).size, 1);
    images.forEach((image) => seen.add(image));
  }
  assertEquals([...seen].sort((a, b) => a - b), learnt.images);
  const [first, again] = [await batches.read(4), await open().read(4)];
  assertEquals(again.images.dataSync(), first.images.dataSync());
  assertEquals(again.boxes.dataSync(), first.boxes.dataSync());
  assertEquals(first.images.shape.slice(1), [64, 64, 3]);
}, { only: ["wasm"] });

Deno.test("images of rare classes are repeated, rounded at random or up", () => {
  const learnt = learnableImages(train.dataset), steps = 400;
  const shareOf = (repeat?: { threshold: number; rounding: "random" | "up" }) => {
    const batches = trainingBatches(train, learnt, { batch: 1, seed: 0, fits: [[64, 64]], repeat });
    const rare = (image: number) => learnt.annotations[image].some(({ label }) => label > 8);
    let count = 0;
    for (let step = 0; step < steps; step++) count += Number(rare(batches.imagesOf(step)[0]));
    return count / steps;
  };
  const plain = shareOf();
  for (const rounding of ["random", "up"] as const) {
    const repeated = shareOf({ threshold: 0.3, rounding });
    assert(repeated > plain + 0.05, `${repeated} with ${rounding}, ${plain} without`);
  }
});

Deno.test("training batches refuse a set with nothing to learn from", () => {
  const nothing = { images: [], annotations: [], leftOut: [] };
  assertThrows(
    () => trainingBatches(train, nothing, { batch: 1, seed: 0, fits: [[64, 64]] }),
    RangeError,
    "found 0 and 1",
  );
});
