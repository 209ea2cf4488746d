/**
 * The data of a training.
 *
 * @module
 */
import { DataError, InputError } from "../core/errors.ts";
import { expectLabels, withClassNames } from "../data/class_names.ts";
import { splitDigest } from "../data/digest.ts";
import { classCounts, type ImageDataset, type Split } from "../data/dataset.ts";
import type { DataOptions, TrainOptions } from "./options.ts";
import type { Recipe } from "./recipes/mod.ts";

/** Data that can be trained on. */
export interface TrainingData {
  /** Training and test set. */
  readonly data: Split;
  /** What `config.json` says about how the data came about. */
  readonly provenance: Readonly<Record<string, string | number>>;
  /** One line for each image that was left out. */
  readonly leftOut?: readonly string[];
  /** Training images of each class. */
  readonly counts: readonly number[];
  /**
   * Images by which the best evaluation is chosen, where the training chooses and there are others than those that it
   * is evaluated on.
   */
  readonly validation?: ImageDataset;
}

/**
 * Loads the data of a training, unless it is loaded already, and checks it.
 *
 * @param options Data, or where the recipe finds its own, and whether evaluations are chosen from.
 * @param named The recipe.
 * @param seed Seed of the choice of images.
 * @returns The data.
 * @throws {TypeError} If there is neither a recipe nor data.
 * @throws {DataError} If the data cannot be read, or a class of the training set is empty.
 */
export async function loadData(
  { data, earlyStop, keepBest }: Pick<TrainOptions, "data" | "earlyStop" | "keepBest">,
  named: Recipe | undefined,
  seed: number,
): Promise<TrainingData> {
  if (data && "train" in data) {
    return checked({ data, provenance: { name: data.train.name, sha256: splitDigest(data) } });
  }
  if (!named) {
    throw new TypeError(
      "Expected train() to be given a recipe, or data, network and loss, but found no data",
    );
  }
  const where = { ...(data as DataOptions), seed };
  const { split, provenance, leftOut } = await named.load(where);
  const chooses = earlyStop !== undefined || keepBest;
  return checked({
    data: split,
    provenance: { name: split.train.name, ...provenance },
    leftOut,
    validation: chooses && where.split === undefined && split.evaluatedOn !== "val"
      ? await validationSet(named, where)
      : undefined,
  });
}

/** The validation set of data that has one beside its test set. */
async function validationSet(
  named: Recipe,
  where: Parameters<Recipe["load"]>[0],
): Promise<ImageDataset | undefined> {
  try {
    return (await named.load({ ...where, split: "val" })).split.test;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** The classes of the training set label every other. */
function checked(
  { data, validation, ...rest }: Omit<TrainingData, "counts">,
): TrainingData {
  const { classNames } = data.train;
  const named = { ...data, test: withClassNames(data.test, classNames) };
  return {
    ...rest,
    data: named,
    counts: expectFilled(named),
    ...(validation ? { validation: withClassNames(validation, classNames) } : {}),
  };
}

/** Training images of each class, of which none may be empty. */
function expectFilled({ train, test }: Split): number[] {
  expectLabels(train);
  const counts = classCounts(train);
  const empty = counts.indexOf(0);
  if (empty >= 0) {
    throw new DataError(
      `Expected an image of every class in ${train.name} but found none of ${
        train.classNames[empty]
      }: ` +
        `add some, or leave the class out`,
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
