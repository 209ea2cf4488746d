/**
 * The built-in data set: generated images, for use without a download.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import { rng } from "../../core/rng.ts";
import type { ImageDataset, Split } from "../dataset.ts";
import { longTailCounts, type LongTailProfile } from "../long_tail.ts";
import { colourStatistics } from "../statistics.ts";
import { draw, type Mark, SIDE } from "./draw.ts";
import { SHAPES } from "./shapes.ts";

/** Options of {@linkcode builtin}. */
export interface BuiltinOptions {
  /**
   * Imbalance factor: training images of the largest class over those of the smallest, at least 1.
   *
   * @default {100}
   */
  readonly imbalance?: number;
  /**
   * Shape of the tail.
   *
   * @default {"exponential"}
   */
  readonly profile?: LongTailProfile;
  /**
   * Training images of the largest class.
   *
   * @default {500}
   */
  readonly max?: number;
  /**
   * Test images of each class.
   *
   * @default {200}
   */
  readonly testImages?: number;
  /**
   * Seed of the images.
   *
   * @default {0}
   */
  readonly seed?: number;
}

const MARKS: readonly Mark[] = ["bar", "dot"];

/**
 * Generates ten classes of 32×32 RGB images: five shapes, each with one of two small marks. Frequent classes have a
 * bar, rare ones a dot; each rare class shares its shape with a frequent one and differs only in the mark.
 *
 * @param options Imbalance, profile, sizes, seed; the same options yield the same images on every machine.
 * @returns A long-tailed training set and a balanced test set. With the defaults, training classes have 500 to 5
 * images: four Head, three Medium, three Tail.
 * @throws {RangeError} If an option is out of range, or a class would be empty.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin, classCounts } from "@nbn/toolkit/data";
 *
 * const { train, test } = builtin({ testImages: 2 });
 * assertEquals(classCounts(train), [500, 299, 179, 107, 64, 38, 23, 13, 8, 5]);
 * assertEquals(test.labels.length, 20);
 * ```
 */
export function builtin(options: BuiltinOptions = {}): Split {
  const { imbalance = 100, profile, max = 500, testImages = 200, seed = 0 } = options;
  expectRange("an integer of at least 1", { testImages });
  const classes = SHAPES.length * MARKS.length;
  const counts = longTailCounts({ classes, max, imbalance, profile });
  const train = generate("builtin", counts, seed);
  const test = generate("builtin (test)", counts.map(() => testImages), seed);
  return { train, test: { ...test, mean: train.mean, std: train.std } };
}

function generate(name: string, counts: readonly number[], seed: number): ImageDataset {
  const random = rng(seed).fork(name);
  const labels = Int32Array.from(counts.flatMap((count, label) => Array(count).fill(label)));
  const size = SIDE * SIDE * 3;
  const pixels = new Uint8Array(new SharedArrayBuffer(labels.length * size));
  let index = 0;
  for (const [label, count] of counts.entries()) {
    const { shape, mark } = look(label), ofClass = random.fork(label);
    for (let i = 0; i < count; i++, index++) {
      draw(pixels, index * size, shape, mark, ofClass.fork(i));
    }
  }
  return {
    name,
    classNames: counts.map((_, label) => `${look(label).shape.name} with ${look(label).mark}`),
    labels,
    shape: [SIDE, SIDE, 3],
    ...colourStatistics(pixels, 3),
    images: { kind: "pixels", pixels },
  };
}

function look(label: number) {
  return {
    shape: SHAPES[label % SHAPES.length],
    mark: MARKS[Math.floor(label / SHAPES.length)],
  };
}
