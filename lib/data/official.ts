/**
 * The data sets of the field by name, with the lists that they officially come in.
 *
 * @module
 */

/** Name of a data set whose images lie on disk and whose lists are official. */
export type ListedName = "imagenet-lt" | "inaturalist2018" | "places-lt";

/** Name of a data set that is a folder of images for each class. */
export type FolderName = "imagenet";

/** Classes of the data sets that are folders `train/<class>/` and `val/<class>/`: ILSVRC 2012, balanced. */
export const FOLDERS: Readonly<Record<FolderName, number>> = { imagenet: 1000 };

/** How a data set comes. */
export interface Official {
  /** Number of classes. */
  readonly classes: number;
  /** Pairs of a training list and one to evaluate on, the preferred pair first. */
  readonly lists: readonly (readonly [train: string, test: string])[];
}

/**
 * Data sets by their names. ImageNet-LT and Places-LT: Liu et al. 2019, Large-Scale Long-Tailed Recognition in an Open
 * World; their test lists are balanced. iNaturalist 2018 is evaluated on its validation list; its annotations come in
 * JSON, and the field passes lists around that were made of them.
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
