/**
 * Recipes: named trainings, `<data set>/<loss>[+<sampler>][+nbn][+lr]`.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { append } from "../../nn/append.ts";
import { lr } from "../../nn/lr.ts";
import type { Module } from "../../nn/module.ts";
import { nbn } from "../../nn/nbn.ts";
import { resnetCifar } from "../../nn/resnet_cifar.ts";
import { sgd } from "../optimizer.ts";
import { warmupCosine } from "../schedule.ts";
import { DATA_SETS } from "./data_sets.ts";
import { method } from "./method.ts";
import { type NetworkName, NETWORKS, type Pieces } from "./networks.ts";
import type { Recipe } from "./recipe.ts";

export { TOKENS } from "./method.ts";
export { DATA_SETS } from "./data_sets.ts";
export { isNetworkName, type NetworkName, NETWORKS } from "./networks.ts";
export type { Loaded, LoadOptions, Recipe } from "./recipe.ts";

/** Options that only images in files of their own take, by the names of their flags. */
const FILE_FLAGS = { root: "root", test: "test", size: "size", skipDamaged: "skip-bad" } as const;
type FileOption = keyof typeof FILE_FLAGS;

/**
 * Finds a recipe by its name. Data sets: `builtin`, `cifar10-lt`, `cifar100-lt`, and `images` for a folder
 * of one's own. All train a CIFAR ResNet by SGD (momentum 0.9, weight decay 5e-4), the learning rate warmed
 * up from 0.05 to 0.1 over the first 6 % and then brought to 0 along a cosine (the paper, section V).
 * `imagenet-lt` (ResNeXt-50), `inaturalist2018` (ResNet-50) and `places-lt` (ResNet-152) train the large networks, with
 * a peak of 0.2 for 512 images.
 *
 * @param name For instance `cifar10-lt/balanced-softmax+nbn+lr`.
 * @param architecture Name of another network than the data set's. A large one brings images to its size by
 * random-resized crops, with colour jitter in the place of the data set's augmentation.
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
export function recipe(name: string, architecture?: NetworkName): Recipe {
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
  const { loss, sampler, head, similarity, adjustment, ...layers } = method(
    name.slice(slash + 1).split("+"),
    name,
  );
  const { depth = 32, width, iterations, batch, rate } = dataSet;
  const other = architecture ?? dataSet.network;
  const { size, fit, build, augment = dataSet.augment } = other === undefined
    ? {
      ...NETWORKS.resnet32,
      augment: undefined,
      build: (pieces: Pieces) => resnetCifar({ depth, width, ...pieces }),
    }
    : NETWORKS[other];
  return {
    name,
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
        // An imbalance that leaves a class without images.
        throw cause instanceof RangeError ? new UsageError(cause.message, { cause }) : cause;
      }
    },
    network(classes, counts = Array(classes).fill(1)) {
      const before = similarity(), after = adjustment(counts);
      // LR rectifies logits, so it stands behind what makes them.
      const behind: Record<string, Module> = layers.lr && Object.keys(before).length > 0
        ? { lr: lr() }
        : {};
      const parts = { ...before, ...behind, ...after };
      const network = build({
        classes,
        head,
        norm: layers.nbn ? nbn() : undefined,
        logits: layers.lr && !behind.lr ? lr() : undefined,
      });
      return Object.keys(parts).length > 0 ? append(network, parts) : network;
    },
    loss,
    sampler,
    schedule: (steps, images) =>
      rate === undefined ? warmupCosine({ iterations: steps }) : warmupCosine({
        iterations: steps,
        start: rate * images / 1024,
        peak: rate * images / 512,
      }),
    optimizer: () => sgd({ weightDecay: 5e-4 }),
  };
}
