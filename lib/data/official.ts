/**
 * Benchmark data sets by name, with their official lists.
 *
 * @module
 */

/** Name of a data set with images on disk and official lists. */
export type ListedName = "imagenet-lt" | "inaturalist2018" | "places-lt";

/** Name of a data set with one folder of images for each class. */
export type FolderName = "imagenet";

/** Number of classes of data sets in folders `train/<class>/` and `val/<class>/`: ILSVRC 2012, balanced. */
export const FOLDERS: Readonly<Record<FolderName, number>> = { imagenet: 1000 };

/** Official distribution of a data set. */
export interface Official {
  /** Number of classes. */
  readonly classes: number;
  /** Pairs of a training list and an evaluation list, the preferred pair first. */
  readonly lists: readonly (readonly [train: string, test: string])[];
}

/**
 * Data sets by name. ImageNet-LT and Places-LT: Liu et al. 2019, Large-Scale Long-Tailed Recognition in an Open World;
 * their test lists are balanced. iNaturalist 2018 is evaluated on its validation list; its official annotations are
 * JSON files, and published code uses lists derived from them.
 */
export const OFFICIAL: Readonly<Record<ListedName, Official>> = {
  "imagenet-lt": {
    classes: 1000,
    lists: [
      ["ImageNet_LT_train.txt", "ImageNet_LT_test.txt"],
      ["ImageNet_LT_train.txt", "ImageNet_LT_val.txt"],
    ],
  },
  inaturalist2018: {
    classes: 8142,
    lists: [
      ["iNaturalist18_train.txt", "iNaturalist18_val.txt"],
      ["train2018.json", "val2018.json"],
    ],
  },
  "places-lt": {
    classes: 365,
    lists: [
      ["Places_LT_train.txt", "Places_LT_test.txt"],
      ["Places_LT_train.txt", "Places_LT_val.txt"],
    ],
  },
};
