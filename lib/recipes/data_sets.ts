/**
 * Data sets of recipes, with the training settings usual in the field.
 *
 * @module
 */
import { DataError, UsageError } from "../core/errors.ts";
import type { Augmentation } from "../data/augment/mod.ts";
import { namedAugmentation } from "../data/augment/named.ts";
import { builtin } from "../data/builtin/mod.ts";
import type { EvaluationSet, Split } from "../data/dataset.ts";
import { longTail } from "../data/long_tail.ts";
import type { ListedName } from "../data/official.ts";
import { openData, openDataSet, type OpenOptions } from "../data/open.ts";
import { withoutDamaged } from "../data/without_damaged.ts";
import { type NetworkName, NETWORKS } from "./networks.ts";
import type { Loaded, LoadOptions } from "./recipe.ts";

/** A data set and its training settings. */
export interface DataSet {
  /** What `--data` must name; `undefined` if the data set needs no folder. */
  readonly folder?: string;
  /** Whether its images are separate files, which lists can name. */
  readonly files?: boolean;
  /**
   * Depth of the CIFAR ResNet.
   *
   * @default {32}
   */
  readonly depth?: number;
  /** Multiplier of the network's channels. */
  readonly width?: number;
  /** Name of the network, if it is not a CIFAR ResNet. */
  readonly network?: NetworkName;
  /** Number of training steps. */
  readonly iterations: number;
  /** Batch size. */
  readonly batch: number;
  /** Random augmentation of training images. */
  readonly augment: readonly Augmentation[];
  /**
   * Peak learning rate for a batch of 512, scaled linearly with the batch size.
   *
   * @default {0.1 for any batch size}
   */
  readonly rate?: number;
  /** Which source is followed where the paper's text and the code it builds on differ. */
  readonly follows?: string;
  /** Loads the data. */
  load(options: LoadOptions): Promise<Loaded>;
}

/** The paper's recipe for CIFAR (section V), which follows Balanced Softmax's code. */
const CIFAR: Omit<DataSet, "width" | "load"> = {
  folder: "a folder with CIFAR, as `deno task data` makes one",
  depth: 32,
  iterations: 13_000,
  batch: 512,
  augment: namedAugmentation("autoaugment-cutout", 32),
  follows:
    "the paper's text: 13,000 steps of 512 images, warmed up over 800 (Balanced Softmax's code counts in epochs and " +
    "comes to 12,480 steps), and the accuracy of the last step, not of the best epoch. Balanced Softmax's code, as the " +
    "paper does: AutoAugment with bicubic shears, rounded shifts, turns one way, solarizing from 256 (`operations`); " +
    "Cutout before normalising, a black hole (`fill`); a linear head that starts as PyTorch's `nn.Linear` (`start` of " +
    "`linear()`). Neither: images are normalised by the deviations of their pixels, where the code has 0.2023, 0.1994, " +
    "0.2010; batch norm behind the first convolution takes the difference out",
};

/** The paper's recipe for ImageNet-LT (section V); learning rates by the linear scaling rule. */
const LARGE: Omit<DataSet, "load" | "iterations"> = {
  network: "resnext50-32x4d",
  batch: 512,
  rate: 0.2,
  augment: NETWORKS["resnext50-32x4d"].augment!,
};

/** Data sets by name, the first part of a recipe's name. */
export const DATA_SETS: Readonly<Record<string, DataSet>> = {
  builtin: {
    depth: 8,
    width: 1,
    iterations: 1200,
    batch: 64,
    augment: [{ name: "crop", padding: 4 }, { name: "flip" }],
    load({ imbalance = 100, seed, split }) {
      expectTestSet("builtin", split);
      return Promise.resolve({ split: builtin({ imbalance, seed }), provenance: { imbalance } });
    },
  },
  "cifar10-lt": { ...CIFAR, width: 1, load: longTailed(10) },
  "cifar100-lt": { ...CIFAR, width: 4, load: longTailed(100) },
  cifar10: { ...CIFAR, width: 1, load: longTailed(10, 1) },
  cifar100: { ...CIFAR, width: 4, load: longTailed(100, 1) },
  // 90 epochs of 115,846 images.
  "imagenet-lt": { ...LARGE, ...listed("imagenet-lt"), iterations: 20_364 },
  // 200 epochs of 437,513 images.
  inaturalist2018: {
    ...LARGE,
    ...listed("inaturalist2018"),
    network: "resnet50",
    iterations: 170_904,
  },
  // 30 epochs of 62,500 images. The field starts from ImageNet weights; this starts from random ones.
  "places-lt": { ...LARGE, ...listed("places-lt"), network: "resnet152", iterations: 3663 },
  // 90 epochs of 1,281,167 images: the balanced counterpart of ImageNet-LT, with the network of its ablations.
  imagenet: {
    ...LARGE,
    network: "resnet50",
    iterations: 225_206,
    folder: "a folder with train/<class>/ and val/<class>/, the 1000 classes of ILSVRC 2012",
    files: true,
    async load(options) {
      const { folder, imbalance, seed } = options;
      const opened = await openDataSet("imagenet", { folder: folder!, ...filesOf(options) });
      const { split, leftOut } = await whole(opened, options);
      return withSource(asItIs(folder!, split, imbalance, seed), options, leftOut);
    },
  },
  images: {
    ...CIFAR,
    width: 1,
    files: true,
    folder: "a folder with train/<class>/ and test/<class>/, or a list of them",
    async load(options) {
      const { folder, imbalance, seed } = options;
      const { split, leftOut } = await whole(await openData(folder!, filesOf(options)), options);
      return withSource(asItIs(folder!, split, imbalance, seed), options, leftOut);
    },
  },
};

/** Returns the part of a data set that is defined by official lists. */
function listed(name: ListedName): Pick<DataSet, "folder" | "files" | "load"> {
  return {
    files: true,
    folder: `a folder with the lists of ${name}, and --root with the folder of its images`,
    async load(options) {
      const { folder, imbalance } = options;
      if (imbalance !== undefined) {
        throw new UsageError(`Expected no --imbalance for ${name}, which is long-tailed as it is`);
      }
      const opened = await openDataSet(name, { folder: folder!, ...filesOf(options) });
      const { split, leftOut } = await whole(opened, options);
      return withSource({ split, provenance: { folder: folder! } }, options, leftOut);
    },
  };
}

/** Options for opening files: all must exist now, unless missing ones are skipped later anyway. */
function filesOf(options: LoadOptions): OpenOptions {
  const { root, test, split, labelsFrom, size, fit, exif, maxPixels, skipDamaged } = options;
  const decoding = { exif, maxPixels };
  return { root, test, split, labelsFrom, size, fit, ...decoding, checkFiles: !skipDamaged };
}

/** Removes damaged images from a split if `skipDamaged` is set. */
async function whole(
  split: Split,
  { skipDamaged }: LoadOptions,
): Promise<{ split: Split; leftOut?: readonly string[] }> {
  if (!skipDamaged) return { split };
  const train = await withoutDamaged(split.train), test = await withoutDamaged(split.test);
  return {
    split: { ...split, train: train.dataset, test: test.dataset },
    leftOut: [...train.skipped, ...test.skipped],
  };
}

/** Adds to the provenance what is needed to open the same files again. */
function withSource(
  { split, provenance }: Loaded,
  options: LoadOptions,
  leftOut?: readonly string[],
): Loaded {
  const { root, test, split: wanted, labelsFrom, size, exif, maxPixels, skipDamaged } = options;
  const files = { root, test, split: wanted, labelsFrom, size };
  const switches = { exif: exif && 1, maxPixels, skipDamaged: skipDamaged && 1 };
  const told = Object.entries({ ...files, ...switches });
  const source = Object.fromEntries(told.filter(([, value]) => value)) as Loaded["provenance"];
  const count: Loaded["provenance"] = leftOut ? { leftOut: leftOut.length } : {};
  return { split, provenance: { ...provenance, ...source, ...count }, leftOut };
}

function longTailed(classes: number, usual = 100): DataSet["load"] {
  return async ({ folder, imbalance = usual, seed, split: wanted }) => {
    const split = await openData(folder!, { split: wanted });
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

/** Keeps all images, or makes the split long-tailed if an imbalance is given. */
function asItIs(folder: string, split: Split, imbalance: number | undefined, seed: number): Loaded {
  return imbalance === undefined
    ? { split, provenance: { folder } }
    : makeLongTailed(folder, split, imbalance, seed);
}

/** Rejects the validation set for a data set without one. */
function expectTestSet(name: string, split: EvaluationSet | undefined): void {
  if (split !== "val") return;
  throw new UsageError(
    `Expected --split test for ${name}, which has no validation set, but found val`,
  );
}

function makeLongTailed(folder: string, split: Split, imbalance: number, seed: number): Loaded {
  const { dataset, sha256 } = longTail(split.train, { imbalance, seed });
  return {
    split: { ...split, train: dataset },
    provenance: { folder, imbalance, profile: "exponential", sha256 },
  };
}
