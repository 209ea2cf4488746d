/**
 * The data of a training.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { splitDigest } from "../data/digest.ts";
import { classCounts, type Split } from "../data/dataset.ts";
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
}

/**
 * Loads the data of a training, unless it is loaded already, and checks it.
 *
 * @param options Data, or where the recipe finds its own.
 * @param named The recipe.
 * @param seed Seed of the choice of images.
 * @returns The data.
 * @throws {TypeError} If there is neither a recipe nor data.
 * @throws {DataError} If the data cannot be read, or a class of the training set is empty.
 */
export async function loadData(
  { data }: Pick<TrainOptions, "data">,
  named: Recipe | undefined,
  seed: number,
): Promise<TrainingData> {
  if (data && "train" in data) {
    const provenance = { name: data.train.name, sha256: splitDigest(data) };
    return { data, provenance, counts: expectFilled(data) };
  }
  if (!named) {
    throw new TypeError(
      "Expected train() to be given a recipe, or data, network and loss, but found no data",
    );
  }
  const loaded = await named.load({ ...(data as DataOptions), seed });
  const { split, provenance, leftOut } = loaded;
  return {
    data: split,
    provenance: { name: split.train.name, ...provenance },
    leftOut,
    counts: expectFilled(split),
  };
}

/** Training images of each class, of which none may be empty. */
function expectFilled({ train, test }: Split): number[] {
  for (const set of [train, test]) {
    const image = set.labels.findIndex((label) => !(label >= 0 && label < set.classNames.length));
    if (image < 0) continue;
    throw new DataError(
      `Expected labels from 0 to ${set.classNames.length - 1} in ${set.name} but found ` +
        `${set.labels[image]} for image ${image}: name all classes, or mend the label`,
    );
  }
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
  const same = (a: readonly unknown[], b: readonly unknown[]) => `${a}` === `${b}`;
  if (!same(train.classNames, test.classNames) || !same(train.shape, test.shape)) {
    throw new DataError(
      `Expected ${train.name} and ${test.name} to have the same classes and image sizes but found ` +
        `${train.classNames.length} classes of [${train.shape}] and ` +
        `${test.classNames.length} of [${test.shape}]`,
    );
  }
  if (test.labels.length === 0) {
    throw new DataError(`Expected at least one image in ${test.name} but found none`);
  }
  return counts;
}
