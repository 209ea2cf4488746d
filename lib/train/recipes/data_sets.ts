/**
 * The data sets that recipes train on, with their field's settings.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import type { Augmentation } from "../../data/augment/mod.ts";
import { builtin } from "../../data/builtin/mod.ts";
import type { Split } from "../../data/dataset.ts";
import { longTail } from "../../data/long_tail.ts";
import { openData } from "../../data/open.ts";
import type { Loaded, LoadOptions } from "./recipe.ts";

/** A data set and how it is trained on. */
export interface DataSet {
  /** What `--data` has to be; nothing if the data set needs no folder. */
  readonly folder?: string;
  /** Depth of the CIFAR ResNet. */
  readonly depth: number;
  /** Factor on its channels. */
  readonly width: number;
  /** Steps. */
  readonly iterations: number;
  /** Images in a step. */
  readonly batch: number;
  /** How images are changed at random. */
  readonly augment: readonly Augmentation[];
  /** Loads it. */
  load(options: LoadOptions): Promise<Loaded>;
}

/** Crop, flip, AutoAugment and Cutout, as in the paper's recipe for CIFAR. */
const CIFAR_AUGMENT: readonly Augmentation[] = [
  { name: "crop", padding: 4 },
  { name: "flip" },
  { name: "autoaugment" },
  { name: "cutout", size: 16 },
];

const CIFAR: Omit<DataSet, "width" | "load"> = {
  folder: "a folder with CIFAR, as `deno task data` makes one",
  depth: 32,
  iterations: 13_000,
  batch: 512,
  augment: CIFAR_AUGMENT,
};

/** Every data set by the name that a recipe begins with. */
export const DATA_SETS: Readonly<Record<string, DataSet>> = {
  builtin: {
    depth: 8,
    width: 1,
    iterations: 1200,
    batch: 64,
    augment: [{ name: "crop", padding: 4 }, { name: "flip" }],
    load({ imbalance = 100, seed }) {
      return Promise.resolve({ split: builtin({ imbalance, seed }), provenance: { imbalance } });
    },
  },
  "cifar10-lt": { ...CIFAR, width: 1, load: longTailed(10) },
  "cifar100-lt": { ...CIFAR, width: 4, load: longTailed(100) },
  cifar10: { ...CIFAR, width: 1, load: longTailed(10, 1) },
  cifar100: { ...CIFAR, width: 4, load: longTailed(100, 1) },
  images: {
    ...CIFAR,
    width: 1,
    folder: "a folder with train/<class>/ and test/<class>/",
    async load({ folder, imbalance, seed }) {
      const split = await openData(folder!);
      // Images of one's own are taken as they are, unless a long tail is asked for.
      return imbalance === undefined
        ? { split, provenance: { folder: folder! } }
        : makeLongTailed(folder!, split, imbalance, seed);
    },
  },
};

function longTailed(classes: number, usual = 100): DataSet["load"] {
  return async ({ folder, imbalance = usual, seed }) => {
    const split = await openData(folder!);
    const found = split.train.classNames.length;
    if (found !== classes) {
      throw new DataError(
        `Expected ${folder} to hold CIFAR with ${classes} classes but found ${found}: ` +
          `take another folder, or train on images/… of your own`,
      );
    }
    return makeLongTailed(folder!, split, imbalance, seed);
  };
}

function makeLongTailed(folder: string, split: Split, imbalance: number, seed: number): Loaded {
  const { dataset, sha256 } = longTail(split.train, { imbalance, seed });
  return {
    split: { train: dataset, test: split.test },
    provenance: { folder, imbalance, profile: "exponential", sha256 },
  };
}
