/**
 * Options of the data of a recipe.
 *
 * @module
 */
import type { EvaluationSet } from "../data/dataset.ts";

/** Options of a recipe's data set. */
export interface DataOptions {
  /** Folder of the data set's files, or a training list; not needed for generated data sets. */
  readonly folder?: string;
  /**
   * Base folder of relative paths in lists.
   *
   * @default {the folder of the lists}
   */
  readonly root?: string;
  /**
   * List to evaluate on, if `folder` is a list.
   *
   * @default {the training list's name with train replaced by test or val}
   */
  readonly test?: string;
  /**
   * Set to evaluate on, if the data has both.
   *
   * @default {the test set, or the validation set if there is no test set}
   */
  readonly split?: EvaluationSet;
  /**
   * Smallest label, if lists use numeric labels.
   *
   * @default {0}
   */
  readonly labelsFrom?: number;
  /**
   * Height and width of images from disk.
   *
   * @default {32, or 224 for the large networks}
   */
  readonly size?: number;
  /**
   * Whether to rotate images by their EXIF orientation.
   *
   * @default {false}
   */
  readonly exif?: boolean;
  /**
   * Upper bound of the number of pixels of a decoded image, at least 1.
   *
   * @default {178,956,970, as in Pillow}
   */
  readonly maxPixels?: number;
  /**
   * Whether to decode all images first and skip those that are missing or damaged, rather than fail on them.
   *
   * @default {false}
   */
  readonly skipDamaged?: boolean;
  /**
   * Imbalance factor: training images of the largest class divided by those of the smallest, at least 1.
   *
   * @default {the recipe's}
   */
  readonly imbalance?: number;
}
