/**
 * Recipes: named trainings, `<data set>/<token>[+<token>…]`.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { UsageError } from "../core/errors.ts";
import { resnetCifar } from "../nn/resnet_cifar.ts";
import { DATA_SETS } from "./data_sets.ts";
import { method } from "./method.ts";
import { type NetworkName, NETWORKS, type Pieces } from "./networks.ts";
import type { Recipe } from "./recipe.ts";

export { KINDS, TOKENS } from "./tokens.ts";
export { type ListedRecipe, listRecipes } from "./list.ts";
export { DATA_SETS } from "./data_sets.ts";
export { isNetworkName, type NetworkName, NETWORKS } from "./networks.ts";
export type { Loaded, LoadOptions, Recipe, StageSetting } from "./recipe.ts";

/** Options that only data sets of separate image files take, with the names of their flags. */
const FILE_FLAGS = {
  root: "root",
  test: "test",
  labelsFrom: "labels-from",
  size: "size",
  exif: "exif",
  maxPixels: "max-pixels",
  skipDamaged: "skip-bad",
} as const;
type FileOption = keyof typeof FILE_FLAGS;

/** Options of {@linkcode recipe}. */
export interface RecipeOptions {
  /**
   * Multiplier of the channels of a network for small images.
   *
   * @default {the data set's; 1 for a named network}
   */
  readonly width?: number;
}

/**
 * Finds a recipe by its name.
 *
 * Data sets: `builtin`, `cifar10-lt`, `cifar100-lt`, the balanced `cifar10`, `cifar100` and `imagenet` (ResNet-50),
 * `imagenet-lt` (ResNeXt-50), `inaturalist2018` (ResNet-50), `places-lt` (ResNet-152), and `images` for a custom
 * folder. Data sets of small images train a CIFAR ResNet.
 *
 * Training, unless a token changes it: SGD (momentum 0.9, weight decay 5e-4); the learning rate warms up from half
 * its peak over the first 6 % and then decays to 0 along a cosine (the paper, section V). The peak is 0.1, for large
 * networks 0.2 per 512 images of the batch.
 *
 * Tokens, in any order: one loss (`ce` where another token adds it by default), at most one sampler, mixing method,
 * deferral, second stage and post-hoc method, and any layers.
 *
 * @param name For instance `cifar10-lt/balanced-softmax+nbn+lr`.
 * @param architecture Name of a network to use instead of the data set's. A large one replaces the data set's
 * augmentation by random-resized crops to its image size, flips and colour jitter.
 * @param options Width of the network.
 * @returns The recipe.
 * @throws {UsageError} If the data set or a token of the method is unknown, tokens are incompatible, or the network
 * does not support a width.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(recipe("cifar10-lt/ce+nbn+lr").iterations, 13_000);
 * ```
 */
export function recipe(
  name: string,
  architecture?: NetworkName,
  { width: wished }: RecipeOptions = {},
): Recipe {
  const slash = name.indexOf("/");
  const dataName = slash < 0 ? name : name.slice(0, slash);
  if (!Object.hasOwn(DATA_SETS, dataName)) {
    const known = Object.keys(DATA_SETS);
    throw new UsageError(
      `Expected recipe ${name} to begin with ${known.map((each) => `${each}/`).join(", ")} ` +
        `but found "${dataName}"${didYouMean(dataName, known)}`,
    );
  }
  if (slash < 0) {
    throw new UsageError(`Expected a recipe like ${name}/ce+nbn+lr but found "${name}"`);
  }
  const dataSet = DATA_SETS[dataName];
  const { about, network, length, stages } = method(name.slice(slash + 1).split("+"), name);
  const { depth = 32, rate } = dataSet;
  const { iterations, batch } = length(dataName) ?? dataSet;
  const other = architecture ?? dataSet.network;
  const { size, fit, build, augment = dataSet.augment } = other === undefined
    ? {
      ...NETWORKS.resnet32,
      augment: undefined,
      build: (pieces: Pieces, width = dataSet.width) => resnetCifar({ depth, width, ...pieces }),
    }
    : NETWORKS[other];
  expectWidth(wished, other);
  return {
    name,
    about,
    iterations,
    batch,
    augment,
    async load(options) {
      if (dataSet.folder && options.folder === undefined) {
        throw new UsageError(`Expected --data with ${dataSet.folder}, for recipe ${name}`);
      }
      if (!dataSet.folder && options.folder !== undefined) {
        throw new UsageError(
          `Expected no --data for recipe ${name}, whose images are generated: train images/… on a folder`,
        );
      }
      const useless = dataSet.files
        ? undefined
        : Object.entries(FILE_FLAGS).find(([option]) =>
          options[option as FileOption] !== undefined
        );
      if (useless) {
        throw new UsageError(
          `Expected no --${
            useless[1]
          } for recipe ${name}, whose images are no files of their own: ` +
            `train images/… on a folder or a list`,
        );
      }
      try {
        return await dataSet.load({ ...options, fit, size: options.size ?? size });
      } catch (cause) {
        // Thrown for an imbalance that leaves a class without images.
        throw cause instanceof RangeError ? new UsageError(cause.message, { cause }) : cause;
      }
    },
    network: (classes, counts = Array(classes).fill(1)) =>
      network((pieces) => build({ classes, ...pieces }, wished), counts),
    stages: (setting) =>
      stages({
        dataSet: dataName,
        peak: rate === undefined ? 0.1 : rate * setting.batch / 512,
        ...setting,
      }, (pieces) => build({ classes: setting.counts.length, ...pieces }, wished)),
  };
}

/** Rejects a width that leaves no channels or that the network does not support. */
function expectWidth(width: number | undefined, network: NetworkName | undefined): void {
  if (width === undefined) return;
  if (network !== undefined && !NETWORKS[network].hasWidth) {
    throw new UsageError(
      `Expected no --width for ${network}, whose channels are fixed, but found ${width}: ` +
        "name a network for small images, resnet8 to resnet110",
    );
  }
  if (Math.round(16 * width) < 1) {
    throw new UsageError(
      `Expected --width to leave one of 16 channels but found ${width}: take at least 0.05`,
    );
  }
}
