/**
 * What a recipe is: a data set and the tokens of a method, with a default for every piece of a training.
 *
 * @module
 */
import type { Augmentation } from "../../data/augment/mod.ts";
import type { EvaluationSet, Fit, Split } from "../../data/dataset.ts";
import type { Network } from "../../nn/network.ts";
import type { Stage } from "../stages/stage.ts";

/** How a recipe is told where its data is. */
export interface LoadOptions {
  /** Folder of the data set's files, or a list of them. */
  readonly folder?: string;
  /** Folder that paths in lists begin in. */
  readonly root?: string;
  /** List to evaluate on. */
  readonly test?: string;
  /** Which set to evaluate on, where there are both. */
  readonly split?: EvaluationSet;
  /** The first label, where lists number classes. */
  readonly labelsFrom?: number;
  /** Height and width of images from disk. */
  readonly size?: number;
  /** How images from disk come to that size. */
  readonly fit?: Fit;
  /** Whether images that a camera has stored rotated are turned upright. */
  readonly exif?: boolean;
  /** Pixels of the largest image that is decoded. */
  readonly maxPixels?: number;
  /** Whether images that are missing or damaged are left out. */
  readonly skipDamaged?: boolean;
  /** Training images of the largest class over those of the smallest, at least 1. */
  readonly imbalance?: number;
  /** Seed of the choice of images. */
  readonly seed: number;
}

/** Data, and what has to be said about how it came about. */
export interface Loaded {
  /** Training and test set. */
  readonly split: Split;
  /** For `config.json`: folder, imbalance, hash of the index list. */
  readonly provenance: Readonly<Record<string, string | number>>;
  /** One line for each image that was left out. */
  readonly leftOut?: readonly string[];
}

/** What stages are made for. */
export interface StageSetting {
  /** Name of the data set, for constants that differ. */
  readonly dataSet: string;
  /** Steps of the first stage. */
  readonly iterations: number;
  /** Images in a step. */
  readonly batch: number;
  /** Training images of each class. */
  readonly counts: readonly number[];
  /** How images are changed at random. */
  readonly augment: readonly Augmentation[];
  /**
   * Share of each target of the recipe's loss that is spread over all classes.
   *
   * @default {0}
   */
  readonly smoothing?: number;
  /** The highest learning rate of the first stage. */
  readonly peak: number;
}

/** A named training. */
export interface Recipe {
  /** For instance `cifar10-lt/ce+nbn+lr`. */
  readonly name: string;
  /** What its method consists of. */
  readonly about: string;
  /** Number of steps of the first stage unless told otherwise. */
  readonly iterations: number;
  /** Images in a step unless told otherwise. */
  readonly batch: number;
  /** How images are changed at random. */
  readonly augment: readonly Augmentation[];
  /** Loads the data. */
  load(options: LoadOptions): Promise<Loaded>;
  /**
   * Makes the network for a number of classes.
   *
   * @param classes Number of classes.
   * @param counts Training images of each class, for a network to be trained; one that is loaded from a
   * checkpoint takes what depends on them from there.
   */
  network(classes: number, counts?: readonly number[]): Network;
  /**
   * Makes its stages, at least one.
   *
   * @param setting Steps of the first stage, batch, counts, augmentation, label smoothing.
   * @throws {UsageError} If the loss takes no smoothed labels but is to.
   */
  stages(setting: Omit<StageSetting, "dataSet" | "peak">): readonly Stage[];
}
