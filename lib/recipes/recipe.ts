/**
 * A recipe: a data set and the tokens of a method, with a default for every part of a training.
 *
 * @module
 */
import type { Augmentation } from "../data/augment/mod.ts";
import type { ResizeMode, Split } from "../data/dataset.ts";
import type { Network } from "../nn/network.ts";
import type { Stage } from "../loop/stages/stage.ts";
import type { DataOptions } from "./data_options.ts";
import type { DataSetProperties } from "./data_sets/properties.ts";

/** Options for loading the data of a recipe. */
export interface LoadOptions extends DataOptions {
  /** How images from disk are resized to `size`. */
  readonly fit?: ResizeMode;
  /** Seed of the selection of images. */
  readonly seed: number;
  /**
   * Whether to load the validation set besides the test set, if there are both.
   *
   * @default {false}
   */
  readonly validation?: boolean;
}

/** Loaded data and its provenance. */
export interface Loaded {
  /** Training and test set. */
  readonly split: Split;
  /** For `config.json`: folder, imbalance, hash of the index list. */
  readonly provenance: Readonly<Record<string, string | number>>;
  /** One line for each skipped image. */
  readonly skippedImages?: readonly string[];
}

/** Settings from which a recipe makes its stages. */
export interface StageSetting {
  /** Properties of the data set, on which constants depend. */
  readonly dataSet: DataSetProperties;
  /** Number of steps of the first stage. */
  readonly iterations: number;
  /** Batch size. */
  readonly batch: number;
  /** Number of training images per class. */
  readonly counts: readonly number[];
  /** Random augmentation of training images. */
  readonly augment: readonly Augmentation[];
  /**
   * Label smoothing of the recipe's loss: fraction of each target that is spread over all classes.
   *
   * @default {0}
   */
  readonly smoothing?: number;
  /** Peak learning rate of the first stage. */
  readonly peak: number;
}

/** A named training. */
export interface Recipe {
  /** For instance `cifar10-lt/ce+nbn+lr`. */
  readonly name: string;
  /** Description of its method. */
  readonly about: string;
  /** Descriptions of its tokens and data set that are not the library's but a script's, by name. */
  readonly registered?: Readonly<Record<string, string>>;
  /** Default number of steps of the first stage. */
  readonly iterations: number;
  /** Default batch size. */
  readonly batch: number;
  /** Default augmentation of training images. */
  readonly augment: readonly Augmentation[];
  /** Loads the data. */
  load(options: LoadOptions): Promise<Loaded>;
  /**
   * Makes the network for a number of classes.
   *
   * @param classes Number of classes.
   * @param counts Number of training images per class, for a network to be trained; a network loaded from a
   * checkpoint restores all state that depends on them.
   */
  network(classes: number, counts?: readonly number[]): Network;
  /**
   * Makes its stages, at least one.
   *
   * @param setting Steps of the first stage, batch size, counts, augmentation, label smoothing.
   * @throws {UsageError} If label smoothing is set but the loss does not support it.
   */
  stages(setting: Omit<StageSetting, "dataSet" | "peak">): readonly Stage[];
}
