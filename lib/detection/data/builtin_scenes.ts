/**
 * The built-in scenes: generated images with annotations as LVIS has them, for use without a download.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import { type Rng, rng, shuffle } from "../../core/rng.ts";
import { SHAPES } from "../../data/builtin/shapes.ts";
import { longTailCounts } from "../../data/long_tail.ts";
import { colourStatistics } from "../../data/statistics.ts";
import type { DetectionAnnotation, DetectionImage } from "../lvis/dataset.ts";
import { frequencyOf } from "../lvis/frequency.ts";
import { encodeMask } from "../masks/rle.ts";
import { rleArea, rleBox } from "../masks/rle_overlap.ts";
import type { DetectionSet } from "./detection_set.ts";
import { drawScene, type Look } from "./draw_scene.ts";

/** Options of {@linkcode builtinScenes}. */
export interface BuiltinScenesOptions {
  /**
   * Training images that show the most frequent class.
   *
   * @default {400}
   */
  readonly max?: number;
  /**
   * Factor between the most and the least frequent class.
   *
   * @default {400 / 3}
   */
  readonly imbalance?: number;
  /**
   * Test images that show each class.
   *
   * @default {40}
   */
  readonly testImages?: number;
  /**
   * Height and width of the images in pixels.
   *
   * @default {128}
   */
  readonly side?: number;
  /**
   * Seed of the images.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/** Twelve classes, the most frequent first: rare ones share their shape with a frequent one. */
const LOOKS: readonly Look[] = [
  ...SHAPES.map((shape): Look => ({ shape, mark: "bar" })),
  ...SHAPES.map((shape): Look => ({ shape, mark: "dot" })),
  { shape: SHAPES[0] },
  { shape: SHAPES[1] },
];
/** Classes of an image, at most; and the share of images with two objects of a class, with an object left out. */
const MOST_CLASSES = 4, TWICE = 0.25, INCOMPLETE = 0.05;
/** Share of the absent classes that are known to be absent. */
const KNOWN_ABSENT = 0.7;
/** Objects that are covered up to fewer pixels are not annotated. */
const LEAST_AREA = 20;

/**
 * Generates scenes of striped shapes on a canvas, some with a mark, with exact masks of what is visible. As in LVIS, a
 * few classes are frequent and others rare, of each image only some classes are known to be absent, and of some
 * classes not all objects are annotated.
 *
 * @param options Sizes and seed; the same options give the same scenes on every machine.
 * @returns A long-tailed training set, and a test set in which all classes are equally frequent. With the defaults, 12
 * classes are shown by 400 to 3 training images: four are frequent, five common, three rare.
 * @throws {RangeError} If an option is out of range, or a class would be empty.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtinScenes } from "@nbn/toolkit/detection";
 *
 * const { train, test } = builtinScenes({ max: 20, imbalance: 10, testImages: 2, side: 64 });
 * assertEquals(train.dataset.categories.map(({ imageCount }) => imageCount).slice(0, 3), [20, 16, 13]);
 * assertEquals((await test.read(0)).width, 64);
 * ```
 */
export function builtinScenes(
  options: BuiltinScenesOptions = {},
): { train: DetectionSet; test: DetectionSet } {
  const { max = 400, imbalance = 400 / 3, testImages = 40, side = 128, seed = 0 } = options;
  if (!Number.isSafeInteger(side) || side < 32) {
    throw new RangeError(`Expected a side of at least 32 pixels but found ${side}`);
  }
  expectRange("an integer of at least 1", { testImages });
  const counts = longTailCounts({ classes: LOOKS.length, max, imbalance });
  const train = generate("builtin-lvis", counts, counts, side, seed);
  const each = counts.map(() => testImages);
  const test = generate("builtin-lvis (test)", each, counts, side, seed);
  return { train, test: { ...test, mean: train.mean, std: train.std } };
}

function generate(
  name: string,
  counts: readonly number[],
  trained: readonly number[],
  side: number,
  seed: number,
): DetectionSet {
  const random = rng(seed).fork(name);
  const size = side * side * 3, shown = classesOfImages(counts, random.fork("classes"));
  const pixels = new Uint8Array(shown.length * size);
  const images: DetectionImage[] = [], annotations: DetectionAnnotation[] = [];
  shown.forEach((classes, image) => {
    const drawn = random.fork(image), forget = drawn.uniform() < INCOMPLETE;
    const labels = classes.flatMap((label) => drawn.uniform() < TWICE ? [label, label] : [label]);
    // An additional object of the first class is drawn but not annotated.
    const all = shuffle(forget ? [...labels, classes[0]] : labels, drawn.fork("order"));
    const scene = drawScene(all.map((label) => LOOKS[label]), side, drawn.fork("scene"));
    pixels.set(scene.pixels, image * size);
    let left = forget;
    all.forEach((label, object) => {
      if (left && label === classes[0]) {
        left = false;
        return;
      }
      const segmentation = encodeMask(scene.masks[object], side, side);
      const area = rleArea(segmentation);
      if (area < LEAST_AREA) return;
      const id = annotations.length + 1, box = rleBox(segmentation);
      annotations.push({ id, image, label, box, area, segmentation, ignored: false });
    });
    images.push({
      id: image + 1,
      width: side,
      height: side,
      path: `${image + 1}.png`,
      absent: LOOKS.map((_, label) => label)
        .filter((label) => !classes.includes(label) && drawn.uniform() < KNOWN_ABSENT),
      notExhaustive: forget ? [classes[0]] : [],
    });
  });
  const categories = LOOKS.map(({ shape, mark }, label) => ({
    id: label + 1,
    name: mark ? `${shape.name} with ${mark}` : `plain ${shape.name}`,
    frequency: frequencyOf(trained[label]),
    imageCount: trained[label],
  }));
  return {
    dataset: { file: name, images, categories, annotations, faults: [] },
    ...colourStatistics(pixels, 3),
    read: (image) =>
      Promise.resolve({
        width: side,
        height: side,
        pixels: pixels.subarray(image * size, (image + 1) * size),
      }),
  };
}

/** Draws the classes that each image shows: every class as often as it is to be shown, at least one in each image. */
function classesOfImages(counts: readonly number[], random: Rng): number[][] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const images = Math.max(...counts, Math.ceil(total / MOST_CLASSES));
  const shown: number[][] = Array.from({ length: images }, () => []);
  counts.forEach((count, label) => {
    // Images that show few classes come first; of these the order is random.
    const order = shuffle([...shown.keys()], random)
      .filter((image) => shown[image].length < MOST_CLASSES)
      .sort((a, b) => Number(shown[a].length > 0) - Number(shown[b].length > 0));
    for (const image of order.slice(0, count)) shown[image].push(label);
  });
  return shown.filter((classes) => classes.length > 0);
}
