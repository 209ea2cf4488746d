/**
 * Scores beside LVIS's official evaluator: by tests/golden/make_lvis.py, and on the golden files of ../shared, which
 * were made with the evaluator's own test annotations.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import type { DetectionDataset } from "../../../lib/detection/lvis/dataset.ts";
import { lvisAp, type LvisScores } from "../../../lib/detection/lvis/lvis_ap.ts";
import { readDetectionDataset } from "../../../lib/detection/lvis/read_dataset.ts";
import { type CocoResult, readDetectionResults } from "../../../lib/detection/lvis/results.ts";
import golden from "../../golden/lvis.json" with { type: "json" };
import { inFolder } from "../../in_folder.ts";

const TOLERANCE = 1e-12;

/** The evaluator's names. */
const NAMES: Readonly<Record<string, keyof LvisScores>> = {
  "AP": "ap",
  "AP50": "ap50",
  "AP75": "ap75",
  "APs": "apSmall",
  "APm": "apMedium",
  "APl": "apLarge",
  "APr": "apRare",
  "APc": "apCommon",
  "APf": "apFrequent",
  "AR@300": "ar",
  "ARs@300": "arSmall",
  "ARm@300": "arMedium",
  "ARl@300": "arLarge",
};

function assertScores(found: LvisScores, expected: Readonly<Record<string, number>>): void {
  for (const [name, ours] of Object.entries(NAMES)) {
    // The evaluator writes −1 where nothing is to be found.
    assertAlmostEquals(Number(found[ours] ?? -1), expected[name], TOLERANCE, name);
  }
}

async function generated(): Promise<DetectionDataset> {
  let dataset: DetectionDataset | undefined;
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/val.json`, JSON.stringify(golden.dataset));
    dataset = await readDetectionDataset(`${folder}/val.json`);
  });
  return dataset!;
}

const results = golden.results as unknown as CocoResult[];
const withoutBoxes = results.map(({ bbox: _, ...rest }) => rest);
const withoutMasks = results.map(({ segmentation: _, ...rest }) => rest);

const CASES = [
  ["boxes", withoutMasks, "boxes"],
  ["boxes of masks", withoutBoxes, "boxes"],
  ["masks", withoutBoxes, "masks"],
  ["masks with boxes", results, "masks"],
  ["masks of boxes", withoutMasks, "masks"],
] as const;

for (const [name, detections, of] of CASES) {
  Deno.test(`the AP of ${name} is the official evaluator's`, async () => {
    assertScores(lvisAp(await generated(), detections, { of }), golden.scores[name]);
  });
}

Deno.test("the AP of one class is its own", async () => {
  const dataset = await generated();
  const { ap, perClass } = lvisAp(dataset, withoutMasks);
  const found = perClass.filter((value) => value !== null);
  assertAlmostEquals(found.reduce((sum, value) => sum + value, 0) / found.length, ap!, TOLERANCE);
  assertEquals(perClass.length, dataset.categories.length);
  // No object of the last class is annotated.
  assertEquals(perClass.at(-1), null);
});

Deno.test("without any detection all that can be found counts as missed", async () => {
  const { ap, ar, apRare } = lvisAp(await generated(), []);
  assertEquals([ap, ar, apRare], [0, 0, 0]);
});

Deno.test("in COCO's files all classes are annotated, so every wrong detection counts", () => {
  const box = [2, 2, 4, 4] as const;
  const dataset = (absent?: number[]): DetectionDataset => ({
    file: "val.json",
    images: [
      { id: 1, width: 20, height: 10, path: "1.jpg", absent, notExhaustive: [] },
      { id: 2, width: 20, height: 10, path: "2.jpg", absent, notExhaustive: [] },
    ],
    categories: [{ id: 1, name: "heron" }],
    annotations: [{ id: 1, image: 1, label: 0, box, area: 16, ignored: false }],
    faults: [],
  });
  const detections = [
    { image_id: 1, category_id: 1, score: 0.9, bbox: box },
    { image_id: 2, category_id: 1, score: 0.5, bbox: box },
  ];
  assertAlmostEquals(lvisAp(dataset(), detections).ap!, 0.5, TOLERANCE);
  assertAlmostEquals(lvisAp(dataset([]), detections).ap!, 1, TOLERANCE);
  assertEquals(lvisAp(dataset(), detections).apRare, null);
});

Deno.test("results that cannot be scored are refused with their image", async () => {
  const dataset = await generated();
  const known = withoutMasks[0], { image_id } = known;
  const refuse = (wrong: object, words: string, of: "boxes" | "masks" = "boxes") => {
    const { message, name } = assertThrows(
      () => lvisAp(dataset, [known, { ...known, ...wrong }], { of, from: "results.json" }),
      Error,
      words,
    );
    assertEquals(name, "DataError");
    assert(message.includes("results.json") && !message.includes("\n"), message);
  };
  refuse({ image_id: 999 }, "result 1 of image 999");
  refuse({ category_id: 999 }, `result 1 of image ${image_id} with category 999`);
  refuse({ score: NaN }, `result 1 of image ${image_id} with NaN`);
  refuse({ score: undefined }, "with none");
  refuse({ bbox: [0, 0, -1, 2] }, "no negative size");
  refuse({ bbox: [0, 0, 1] }, "boxes [x, y, width, height]");
  refuse({ bbox: undefined }, "with neither");
  const segmentation = { size: [1, 1], counts: [1] };
  refuse({ bbox: undefined, segmentation }, "a bbox or none");
  refuse({ segmentation }, "run lengths of size [130, 150] but found [1,1]", "masks");
  refuse({ segmentation: { size: [130, 150], counts: "?" } }, "runs that fill", "masks");
});

Deno.test("masks are not compared with annotations that have only boxes", async () => {
  const dataset = await generated();
  const annotations = dataset.annotations.map(({ segmentation: _, ...rest }) => rest);
  assertThrows(
    () => lvisAp({ ...dataset, annotations }, withoutBoxes, { of: "masks" }),
    Error,
    "compare boxes",
  );
});

const SHARED = new URL("../../../../shared/detection/", import.meta.url);

async function isThere(): Promise<boolean> {
  try {
    await Deno.stat(SHARED);
    return true;
  } catch {
    return false;
  }
}

const there = await isThere();
Deno.test({
  name: `the AP on the evaluator's own annotations is its own${
    there ? "" : ": skipped, because ../shared/detection is not there"
  }`,
  ignore: !there,
  async fn() {
    const path = (name: string) => fileURLToPath(new URL(name, SHARED));
    const dataset = await readDetectionDataset(path("lvis_val_100.json"));
    const expected = JSON.parse(await Deno.readTextFile(path("golden_out.json")));
    const boxes = await readDetectionResults(path("golden_dets.json"), dataset);
    assertScores(lvisAp(dataset, boxes), expected.bbox);
    const masks = await readDetectionResults(path("golden_segm.json"), dataset);
    assertScores(lvisAp(dataset, masks, { of: "masks" }), expected.segm);
  },
});
