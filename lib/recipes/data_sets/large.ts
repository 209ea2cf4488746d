/**
 * Data sets of large images: ImageNet-LT, ImageNet, iNaturalist 2018, Places-LT.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import type { ListedName } from "../../data/official.ts";
import { openDataSet } from "../../data/open.ts";
import { NETWORKS } from "../networks.ts";
import type { DataSet } from "./data_set.ts";
import { loadFiles } from "./files.ts";
import { longTailed } from "./long_tailed.ts";

/** The paper's recipe for ImageNet-LT (section V); learning rates by the linear scaling rule. */
const LARGE = {
  scale: "large",
  network: "resnext50-32x4d",
  batch: 512,
  rate: 0.2,
  augment: NETWORKS["resnext50-32x4d"].augment!,
  files: true,
} as const satisfies Partial<DataSet>;

/** Returns the part of a data set that is defined by official lists. */
function listed(name: ListedName): Pick<DataSet, "name" | "folder" | "load"> {
  return {
    name,
    folder: `a folder with the lists of ${name}, and --root with the folder of its images`,
    async load(options) {
      const { folder, imbalance } = options;
      if (imbalance !== undefined) {
        throw new UsageError(`Expected no --imbalance for ${name}, which is already long-tailed`);
      }
      return await loadFiles(
        options,
        (files) => openDataSet(name, { folder: folder!, ...files }),
        (split) => ({ split, provenance: { folder: folder! } }),
      );
    },
  };
}

/** ImageNet-LT. */
export const imagenetLt: DataSet = {
  ...LARGE,
  ...listed("imagenet-lt"),
  family: "imagenet",
  // 90 epochs of 115,846 images.
  iterations: 20_364,
};

/** iNaturalist 2018. */
export const inaturalist2018: DataSet = {
  ...LARGE,
  ...listed("inaturalist2018"),
  family: "inaturalist",
  network: "resnet50",
  // 200 epochs of 437,513 images.
  iterations: 170_904,
};

/** Places-LT. The field starts from ImageNet weights; this starts from random ones. */
export const placesLt: DataSet = {
  ...LARGE,
  ...listed("places-lt"),
  family: "places",
  network: "resnet152",
  // 30 epochs of 62,500 images.
  iterations: 3663,
};

/** ImageNet, the balanced counterpart of ImageNet-LT, with the network of the paper's ablations. */
export const imagenet: DataSet = {
  ...LARGE,
  name: "imagenet",
  family: "imagenet",
  network: "resnet50",
  // 90 epochs of 1,281,167 images.
  iterations: 225_206,
  folder: "a folder with train/<class>/ and val/<class>/, the 1000 classes of ILSVRC 2012",
  load: (options) =>
    loadFiles(
      options,
      (files) => openDataSet("imagenet", { folder: options.folder!, ...files }),
      (split) => longTailed(options.folder!, split, options.imbalance, options.seed),
    ),
};
