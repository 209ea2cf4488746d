/**
 * Snapshots of every figure in `__snapshots__`: run `deno test -A --update-snapshots tests/plots` after an
 * intended change, and inspect the pictures.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { calibrationBins, channelGroups, rareAndFrequent } from "../../lib/analysis/mod.ts";
import type { ImageDataset } from "../../lib/data/dataset.ts";
import { longTailCounts } from "../../lib/data/long_tail.ts";
import { plots } from "../../lib/plots/mod.ts";
import type { Figure } from "../../lib/plots/figure.ts";
import { formula } from "../nn/formula.ts";
import { assertFigure } from "./assert_figure.ts";

const counts = [500, 60, 120, 5];
const classNames = ["disc & bar", "ring", "square <with> dots", "cross"];

/** Numbers in [low, high), determined by a name. */
function numbers(name: string, length: number, low = 0, high = 1): number[] {
  return [...formula(name, length)].map((value) => low + (high - low) * (value + 1) / 2);
}

const step = Array.from({ length: 40 }, (_, i) => i + 1);
const falling = (name: string) => step.map((i) => 2 / Math.sqrt(i) + numbers(name, 40)[i - 1] / 5);
const metrics = (name: string) => ({
  step,
  columns: { loss: falling(name), all: step.map((i) => i % 10 === 0 ? 20 + i : null) },
});
const statistics = (name: string) => {
  const deviation = Float64Array.from(numbers(`${name} deviation`, 24, 0, 0.9));
  return {
    mean: Float64Array.from(numbers(name, 24, 0.1, 1)),
    deviation,
    variance: deviation.map((x) => x * x),
  };
};
const drops = {
  classes: rareAndFrequent([500, 120, 60, 50]),
  rare: numbers("rare", 20, -1, 2),
  frequent: numbers("frequent", 20, -1, 2),
};
const predictions = (name: string) => {
  const labels = Int32Array.from(numbers("labels", 60), (x) => Math.floor(x * 2));
  const first = numbers(name, 60, 0.05, 0.95);
  return {
    labels,
    classes: 2,
    probabilities: Float32Array.from(first.flatMap((p) => [p, 1 - p])),
    predicted: Int32Array.from(first, (p) => p > 0.5 ? 0 : 1),
  };
};
const logits = (name: string) =>
  numbers(name, 4, -2, 2).map((mean, i) => ({
    mean,
    deviation: 1 + i / 4,
    ownMean: i === 1 ? null : mean + 2,
    otherMean: mean - 1,
  }));
const norm = (
  stage: number,
  block: number,
  role: "stem" | "inner" | "last" | "shortcut",
  nbn = false,
) => ({
  kind: nbn ? "nbn" as const : "bn" as const,
  stage,
  stages: 2,
  block,
  role,
});
const images: ImageDataset = {
  name: "small",
  classNames,
  labels: Int32Array.of(0, 0, 1, 3),
  shape: [4, 4, 3],
  mean: [0.5, 0.5, 0.5],
  std: [0.25, 0.25, 0.25],
  images: { kind: "pixels", pixels: Uint8Array.from(numbers("pixels", 4 * 48, 0, 255)) },
};
const maps = (name: string) =>
  Array.from({ length: 4 }, (_, i) => ({
    height: 4,
    width: 4,
    values: Float32Array.from(numbers(`${name} ${i}`, 16)),
  }));
const categories = [
  { id: 7, name: "heron", frequency: "frequent" },
  { id: 8, name: "shoe & bill", frequency: "rare" },
] as const;
const scene = {
  width: 12,
  height: 8,
  pixels: Uint8Array.from(numbers("scene", 12 * 8 * 3, 0, 255)),
};
const segmentation = [[2, 1, 8, 1, 8, 6, 2, 6]];
const herons = [
  { image_id: 1, category_id: 7, score: 1, bbox: [2, 1, 6, 5], segmentation },
  { image_id: 1, category_id: 8, score: 0.6, bbox: [7, 4, 4, 4] },
  { image_id: 1, category_id: 8, score: 0.2, bbox: [0, 0, 3, 3] },
] as const;
const none = { all: 0, head: 0, medium: null, tail: 0 };

const FIGURES: Record<string, () => Promise<Figure>> = {
  classCounts: () => plots.classCounts(counts, { classNames }),
  "classCounts of many classes": () =>
    plots.classCounts(longTailCounts({ classes: 100, max: 500, imbalance: 100 }), { scale: "log" }),
  accuracyByGroup: () =>
    plots.accuracyByGroup({
      "cifar10-lt/ce": { all: 78, head: 81.1, medium: 65.7, tail: null },
      "cifar10-lt/ce+nbn+lr": {
        all: { mean: 81.5, deviation: 0.4 },
        head: { mean: 83, deviation: 0.3 },
        medium: { mean: 75, deviation: 1.5 },
        tail: null,
      },
    }),
  apByGroup: () =>
    plots.apByGroup({
      "lvis/mask-rcnn+ce": { ap: 0.199, apRare: 0.013, apCommon: 0.167, apFrequent: 0.293 },
      "lvis/mask-rcnn+seesaw+nbn": {
        ap: { mean: 0.26, deviation: 0.01 },
        apRare: null,
        apCommon: { mean: 0.245, deviation: 0.02 },
        apFrequent: { mean: 0.326, deviation: 0 },
      },
    }),
  detections: () =>
    plots.detections({
      "annotated": { image: scene, results: [herons[0]] },
      "found <by> ce": { image: scene, results: herons },
    }, { categories, width: 420 }),
  "detections of classes without groups": () =>
    plots.detections({ scene: { image: scene, results: herons } }, {
      categories: categories.map(({ id, name }) => ({ id, name })),
      least: 0.1,
    }),
  scoreHistograms: () =>
    plots.scoreHistograms({
      ce: numbers("scores", 60).map((x, i) => ({
        image_id: 1,
        category_id: 7 + i % 2,
        score: x ** 4,
      })),
      "ce+nbn": [],
    }, categories),
  accuracyByClass: () =>
    plots.accuracyByClass({ ce: [90, 40, 60, 0], "ce+nbn+lr": [88, 55, null, 20] }, {
      counts,
      classNames,
    }),
  trainingCurves: () => plots.trainingCurves({ ce: metrics("a"), "ce+nbn+lr": metrics("b") }),
  confusion: () =>
    plots.confusion([[9, 1, 0, 0], [3, 5, 2, 0], [0, 0, 0, 0], [4, 0, 5, 1]], {
      counts,
      classNames,
    }),
  "confusion of many classes": () =>
    plots.confusion(
      Array.from({ length: 50 }, (_, i) =>
        Array.from({ length: 50 }, (_, j) => i === j ? 5 : (i * j) % 3)),
    ),
  calibration: () =>
    plots.calibration({
      ce: calibrationBins(predictions("p"), { bins: 6 }),
      "ce+nbn+lr": calibrationBins(predictions("q"), { bins: 6 }),
    }),
  weightCurves: () =>
    plots.weightCurves({
      balanced: {
        path: "stage3/block5/bn2",
        kind: "bn",
        weights: Float32Array.of(1.2, 1, 0.9, 0.8),
      },
      NBN: { path: "stage3/block5/bn2", kind: "nbn", weights: Float32Array.of(0.6, 0.5, 0.5, 0.4) },
    }, { relative: true }),
  featureHistograms: () =>
    plots.featureHistograms({ ce: statistics("a"), "ce+nbn+lr": statistics("b") }, {
      spread: "variance",
    }),
  magnitude: () =>
    plots.magnitude({
      step,
      window: 5,
      magnitudes: [{ path: "nbn/magnitude", values: step.map((i) => Math.sqrt(i)) }],
      signs: ["weight", "bias"].map((name) => ({
        path: `stage3/block5/bn2/${name}`,
        patternA: 0.6,
        patternB: 0.4,
        recent: numbers(name, 40),
      })),
    }),
  masking: () =>
    plots.masking([
      { masked: "none", channels: 0, all: 42.2, head: 64.2, medium: null, tail: 6.3, drop: none },
      {
        masked: "rare-specific",
        channels: 1,
        all: 41.1,
        head: 64.6,
        medium: null,
        tail: 5.3,
        drop: { all: 1.1, head: -0.4, medium: null, tail: 1 },
      },
    ], { note: drops.classes.note }),
  channelDrops: () => plots.channelDrops(drops, channelGroups(drops)),
  placement: () =>
    plots.placement([
      norm(0, 0, "stem"),
      norm(1, 1, "inner"),
      norm(1, 1, "last"),
      norm(2, 1, "inner"),
      norm(2, 1, "last", true),
      norm(2, 1, "shortcut", true),
      norm(2, 2, "inner"),
      norm(2, 2, "last", true),
    ]),
  samplerShares: () =>
    plots.samplerShares({
      "instance-balanced": [0.73, 0.09, 0.17, 0.01],
      reversed: [0, 0.1, 0.2, 0.7],
    }, {
      counts,
    }),
  weightNorms: () => plots.weightNorms({ ce: [1.5, 1.2, 1.1, 0.8] }, { counts, classNames }),
  logitStatistics: () =>
    plots.logitStatistics({ ce: logits("a"), "ce+lr": logits("b") }, { counts, classNames }),
  classLogitGradients: () =>
    plots.classLogitGradients(
      { ce: [0.4, -0.1, 0, -0.3], "balanced-softmax": [0, 0.01, 0, -0.01] },
      {
        counts,
        classNames,
      },
    ),
  lossByMargin: () =>
    plots.lossByMargin([-1, 0, 1], {
      "A frequent class": { ce: [1.3, 0.7, 0.3], focal: [0.7, 0.2, 0] },
      "A rare class": { ce: [1.3, 0.7, 0.3], focal: [0.7, 0.2, 0] },
    }),
  accuracyAgainst: () =>
    plots.accuracyAgainst([0, 0.5, 1], [
      { all: 48.3, head: 90.5, medium: null, tail: 3.8 },
      { all: 51.2, head: 88, medium: null, tail: 12 },
      { all: 50, head: 79.5, medium: null, tail: 25 },
    ], { label: "τ" }),
  expertDiversity: () =>
    plots.expertDiversity({
      "2 experts": { disagreement: [5, 20, null, 41] },
      "3 experts": { disagreement: [4, 22, null, 45] },
    }, { counts, classNames }),
  imageGrid: () => plots.imageGrid(images, { perClass: 2, counts }),
  attention: () =>
    plots.attention(images, { "Frequent-specific channels": maps("a"), All: maps("b") }, {
      scale: "image",
    }),
  classAttention: () => {
    const channels = { frequentChannels: [0], rareChannels: [1] };
    const found = maps("a").map((all, image) => ({
      label: images.labels[image],
      predicted: image % 2 === 0 ? images.labels[image] : 0,
      rival: 0,
      ...channels,
      frequent: maps("b")[image],
      rare: all,
      all,
    }));
    return plots.classAttention(images, found, { rivals: true });
  },
};

for (const [name, draw] of Object.entries(FIGURES)) {
  Deno.test(`plots.${name}`, async (t) => await assertFigure(t, await draw()));
}

Deno.test("every figure has a snapshot, here or in a separate test", async () => {
  const tests = await Promise.all(
    [...Deno.readDirSync(new URL(".", import.meta.url))]
      .filter(({ name }) => name.endsWith("_test.ts"))
      .map(({ name }) => Deno.readTextFile(new URL(name, import.meta.url))),
  );
  const text = tests.filter((text) => text.includes("assertFigure(")).join("\n");
  assertEquals(Object.keys(plots).filter((name) => !text.includes(`plots.${name}(`)), []);
});

Deno.test("figures of missing or insufficient data state what is missing", async () => {
  const one = "Expected at least one";
  await assertRejects(() => plots.classCounts([]), RangeError, `${one} class`);
  await assertRejects(() => plots.accuracyByGroup({}), RangeError, `${one} run`);
  await assertRejects(() => plots.trainingCurves({}), RangeError, `${one} run`);
  await assertRejects(() => plots.masking([]), RangeError, `${one} row`);
  await assertRejects(() => plots.placement([]), RangeError, `${one} norm layer`);
  await assertRejects(
    () => plots.accuracyByClass({ ce: [1] }, { counts }),
    RangeError,
    "each of 4 classes but found 1 of ce",
  );
  await assertRejects(() => plots.confusion([[1, 2]]), RangeError, "square matrix");
  await assertRejects(
    () => plots.magnitude({ step: [1], window: 1, magnitudes: [], signs: [] }),
    RangeError,
    "train with nbn()",
  );
  await assertRejects(() => plots.lossByMargin([0], {}), RangeError, `${one} run`);
  await assertRejects(
    () => plots.lossByMargin([0, 1], { "A class": { ce: [1] } }),
    RangeError,
    "each of 2 margins but found 1 of ce",
  );
  await assertRejects(
    () => plots.accuracyAgainst([1, 2], [], { label: "Number of experts" }),
    RangeError,
    "found 2 numbers and 0 accuracies",
  );
  await assertRejects(
    () => plots.imageGrid(images, { classes: [4] }),
    RangeError,
    "from 0 to 3 but found 4",
  );
  await assertRejects(() => plots.imageGrid(images, { perClass: 0 }), RangeError, "found 0");
  await assertRejects(
    () => plots.attention(images, { all: maps("a").slice(1) }),
    RangeError,
    "each of 4 images but found 3 of all",
  );
  await assertRejects(
    () => plots.attention(images, { all: maps("a").map((map) => ({ ...map, height: 2 })) }),
    RangeError,
    "Expected a map of 4 × 4",
  );
});
