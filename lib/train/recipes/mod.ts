/**
 * Recipes: named trainings, `<data set>/<token>[+<token>…]`.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { resnetCifar } from "../../nn/resnet_cifar.ts";
import { DATA_SETS } from "./data_sets.ts";
import { method } from "./method.ts";
import type { Recipe } from "./recipe.ts";

export { KINDS, TOKENS } from "./tokens.ts";
export { type ListedRecipe, listRecipes } from "./list.ts";
export { DATA_SETS } from "./data_sets.ts";
export type { Loaded, LoadOptions, Recipe, StageSetting } from "./recipe.ts";

/**
 * Finds a recipe by its name. Data sets: `builtin`, `cifar10-lt`, `cifar100-lt`, the balanced `cifar10` and
 * `cifar100`, and `images` for a folder of one's own. All train a CIFAR ResNet by SGD (momentum 0.9, weight decay
 * 5e-4), the learning rate warmed up from 0.05 to 0.1 over the first 6 % and then brought to 0 along a cosine (the
 * paper, section V), unless a token says otherwise. Tokens, in any order: a loss (`ce` where a token brings it along),
 * and at most one sampler, way of mixing, deferral, second stage and post-hoc method, and layers.
 *
 * @param name For instance `cifar10-lt/balanced-softmax+nbn+lr`.
 * @returns The recipe.
 * @throws {UsageError} If the data set or a token of the method is unknown, or tokens do not go together.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(recipe("cifar10-lt/ce+nbn+lr").iterations, 13_000);
 * ```
 */
export function recipe(name: string): Recipe {
  const slash = name.indexOf("/");
  const dataName = slash < 0 ? name : name.slice(0, slash);
  if (!Object.hasOwn(DATA_SETS, dataName)) {
    throw new UsageError(
      `Expected recipe ${name} to begin with ${
        Object.keys(DATA_SETS).map((known) => `${known}/`).join(", ")
      } but found "${dataName}"`,
    );
  }
  if (slash < 0) {
    throw new UsageError(`Expected a recipe like ${name}/ce+nbn+lr but found "${name}"`);
  }
  const dataSet = DATA_SETS[dataName];
  const { about, network, length, stages } = method(name.slice(slash + 1).split("+"), name);
  const { depth, width, augment } = dataSet;
  const { iterations, batch } = length(dataName) ?? dataSet;
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
      try {
        return await dataSet.load(options);
      } catch (cause) {
        // An imbalance that leaves a class without images.
        throw cause instanceof RangeError ? new UsageError(cause.message, { cause }) : cause;
      }
    },
    network: (classes, counts = Array(classes).fill(1)) =>
      network((pieces) => resnetCifar({ depth, width, classes, ...pieces }), counts),
    stages: (setting) => stages({ dataSet: dataName, ...setting }),
  };
}
