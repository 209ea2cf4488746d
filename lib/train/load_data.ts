/**
 * Loading the data of a training.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { expectDatasetLabels, withClassNames } from "../data/class_names.ts";
import { contentDigest } from "../data/content_digest.ts";
import { classCounts, type ImageDataset, type Split } from "../data/dataset.ts";
import type { DataOptions } from "../recipes/data_options.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import type { Recipe } from "../recipes/recipe.ts";
import type { ContentDigests } from "../runs/same_training.ts";

/** Loaded and validated data. */
export interface TrainingData {
  /** Training and test set. */
  readonly data: Split;
  /** Provenance of the data, as recorded in `config.json`. */
  readonly provenance: Readonly<Record<string, string | number>>;
  /** Digests of the content, by which the data is recognised. */
  readonly content: ContentDigests;
  /** One line for each skipped image. */
  readonly skippedImages?: readonly string[];
  /** Training images of each class. */
  readonly counts: readonly number[];
  /**
   * Validation images for model selection; missing if the training selects no evaluation, or if the data has no set
   * besides the one that it is evaluated on.
   */
  readonly validation?: ImageDataset;
}

/**
 * Loads the data of a training, unless the options contain it, and validates it.
 *
 * @param options The data, or options of the recipe's data set, and whether the training selects the best evaluation.
 * @param named The recipe.
 * @param seed Seed of the subset of images.
 * @returns The data.
 * @throws {TypeError} If neither a recipe nor data is given.
 * @throws {DataError} If the data cannot be read, or a class of the training set is empty.
 */
export async function loadData(
  { data, earlyStop, keepBest }: Pick<TrainOptions, "data" | "earlyStop" | "keepBest">,
  named: Recipe | undefined,
  seed: number,
): Promise<TrainingData> {
  const { split: requested } = (data ?? {}) as DataOptions;
  // A set that is requested to evaluate on also selects.
  const validation = (earlyStop !== undefined || keepBest === true) && requested === undefined;
  if (data && "train" in data) {
    return checked({ data, provenance: { name: data.train.name } }, validation);
  }
  if (!named) {
    throw new TypeError(
      "Expected train() to be given a recipe, or data, network and loss, but found no data",
    );
  }
  const { split, provenance, skippedImages } = await named.load({ ...data, seed, validation });
  return checked({
    data: split,
    provenance: { name: split.train.name, ...provenance },
    skippedImages,
  }, validation);
}

/** Relabels the other sets by the classes of the training set, and validates the data. */
function checked(
  { data: { validation, ...data }, ...rest }: Pick<
    TrainingData,
    "data" | "provenance" | "skippedImages"
  >,
  selects: boolean,
): TrainingData {
  const { classNames } = data.train;
  const named = { ...data, test: withClassNames(data.test, classNames) };
  const other = selects && validation
    ? { validation: withClassNames(validation, classNames) }
    : undefined;
  return {
    ...rest,
    ...other,
    data: named,
    counts: expectFilled(named),
    content: {
      train: contentDigest(named.train),
      test: contentDigest(named.test),
      ...(other ? { validation: contentDigest(other.validation) } : {}),
    },
  };
}

/** Counts the training images of each class and throws if a class or the test set is empty. */
function expectFilled({ train, test }: Split): number[] {
  expectDatasetLabels(train);
  const counts = classCounts(train);
  const empty = counts.indexOf(0);
  if (empty >= 0) {
    throw new DataError(
      `Expected an image of every class in ${train.name} but found none of ` +
        `${train.classNames[empty]}: add some, or remove the class`,
    );
  }
  if (`${train.shape}` !== `${test.shape}`) {
    throw new DataError(
      `Expected ${train.name} and ${test.name} to have the same image sizes but found ` +
        `[${train.shape}] and [${test.shape}]`,
    );
  }
  if (test.labels.length === 0) {
    throw new DataError(`Expected at least one image in ${test.name} but found none`);
  }
  return counts;
}
