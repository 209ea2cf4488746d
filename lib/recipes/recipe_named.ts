/**
 * Recipes by name: `<data set>/<token>[+<token>…]`.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { UsageError } from "../core/errors.ts";
import type { AnyToken } from "./kinds.ts";
import { method } from "./method.ts";
import type { DataSet } from "./data_sets/data_set.ts";
import { type NetworkName, type NetworkPieces, NETWORKS } from "./networks.ts";
import type { LoadOptions, Recipe } from "./recipe.ts";
import { DATA_SETS, partsOf, type Registry, TOKENS } from "./registry.ts";

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
   * Name of a network to use instead of the data set's. A large one replaces the data set's augmentation by
   * random-resized crops to its image size, flips and colour jitter.
   */
  readonly network?: NetworkName;
  /**
   * Multiplier of the channels of a network for small images.
   *
   * @default {the data set's; 1 for a named network}
   */
  readonly width?: number;
  /**
   * Recipes, tokens and data sets of a script.
   *
   * @default {those of the library alone}
   */
  readonly registry?: Registry;
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
 * @param options Network, width, tokens and data sets of a script.
 * @returns The recipe.
 * @throws {UsageError} If the data set or a token of the method is unknown, tokens are incompatible, or the network
 * does not support a width.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { recipe } from "@nbn/toolkit/recipes";
 *
 * assertEquals(recipe("cifar10-lt/ce+nbn+lr").iterations, 13_000);
 * ```
 *
 * @example A token of a script
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { crossEntropy } from "@nbn/toolkit/losses";
 * import { type LossToken, recipe } from "@nbn/toolkit/recipes";
 *
 * const smooth: LossToken = {
 *   kind: "loss",
 *   name: "smooth",
 *   about: "cross-entropy of smoothed labels",
 *   source: "Szegedy et al. 2016",
 *   functions: ["crossEntropy"],
 *   loss: () => crossEntropy({ smoothing: 0.1 }),
 * };
 * const { about } = recipe("builtin/smooth+lr", { registry: { tokens: [smooth] } });
 * assertEquals(about, "cross-entropy of smoothed labels; Logits Rectification");
 * ```
 */
export function recipe(name: string, options: RecipeOptions = {}): Recipe {
  const { network: requested, width, registry } = options;
  const whole = registry?.recipes?.find((recipe) => recipe.name === name);
  if (whole) return expectPlain(whole, options);
  const parts = partsOf(registry);
  const slash = name.indexOf("/");
  const dataSet = dataSetOf(name, slash < 0 ? name : name.slice(0, slash), parts.dataSets);
  if (slash < 0) {
    throw new UsageError(`Expected a recipe like ${name}/ce+nbn+lr but found "${name}"`);
  }
  const { about, tokens, network, length, stages } = method(
    name.slice(slash + 1).split("+"),
    name,
    parts.tokens,
  );
  const networkName = requested ?? dataSet.network;
  expectWidth(width, networkName);
  const { size, fit, build, bottlenecks, augment = dataSet.augment } = NETWORKS[networkName];
  const channels = width ?? (requested === undefined ? dataSet.width : undefined);
  const backbone = { build: (pieces: NetworkPieces) => build(pieces, channels), bottlenecks };
  return {
    name,
    about,
    ...registered(dataSet, tokens),
    ...(length(dataSet) ?? { iterations: dataSet.iterations, batch: dataSet.batch }),
    augment,
    async load(options) {
      expectLoadable(name, dataSet, options);
      try {
        return await dataSet.load({ ...options, fit, size: options.size ?? size });
      } catch (cause) {
        // Thrown for an imbalance that leaves a class without images.
        throw cause instanceof RangeError ? new UsageError(cause.message, { cause }) : cause;
      }
    },
    network: (classes, counts = Array(classes).fill(1)) => network(backbone, counts),
    stages: (setting) =>
      stages({
        dataSet,
        peak: dataSet.rate === undefined ? 0.1 : dataSet.rate * setting.batch / 512,
        ...setting,
      }, backbone),
  };
}

function dataSetOf(
  recipe: string,
  name: string,
  known: ReadonlyMap<string, DataSet>,
): DataSet {
  const found = known.get(name);
  if (found) return found;
  const names = [...known.keys()];
  throw new UsageError(
    `Expected recipe ${recipe} to begin with ${names.map((each) => `${each}/`).join(", ")} ` +
      `but found "${name}"${didYouMean(name, names)}`,
  );
}

/** Returns the descriptions of the parts that are not the library's. */
function registered(
  dataSet: DataSet,
  tokens: readonly AnyToken[],
): Pick<Recipe, "registered"> {
  const own = tokens.filter(({ name }) => !TOKENS.some((token) => token.name === name))
    .map(({ name, about }) => [name, about]);
  const data = DATA_SETS.includes(dataSet) ? [] : [[dataSet.name, "data set"]];
  return own.length + data.length > 0 ? { registered: Object.fromEntries([...data, ...own]) } : {};
}

/** Rejects options of the data that the data set does not support. */
function expectLoadable(name: string, { folder, files }: DataSet, options: LoadOptions): void {
  if (folder && options.folder === undefined) {
    throw new UsageError(`Expected --data with ${folder}, for recipe ${name}`);
  }
  if (!folder && options.folder !== undefined) {
    throw new UsageError(
      `Expected no --data for recipe ${name}, whose images are generated: train images/… on a folder`,
    );
  }
  if (files) return;
  for (const [option, flag] of Object.entries(FILE_FLAGS)) {
    if (options[option as FileOption] === undefined) continue;
    throw new UsageError(
      `Expected no --${flag} for recipe ${name}, whose images are not separate files: ` +
        `train images/… on a folder or a list`,
    );
  }
}

/** Returns a recipe of a script, and rejects options that only recipes of named parts have. */
function expectPlain(recipe: Recipe, { network, width }: RecipeOptions): Recipe {
  if (network === undefined && width === undefined) {
    return { ...recipe, registered: { ...recipe.registered, [recipe.name]: recipe.about } };
  }
  throw new UsageError(
    `Expected no --${network === undefined ? "width" : "network"} for recipe ${recipe.name}, ` +
      `which a script defines, but found ${network ?? width}`,
  );
}

/** Rejects a width that leaves no channels or that the network does not support. */
function expectWidth(width: number | undefined, network: NetworkName): void {
  if (width === undefined) return;
  if (!NETWORKS[network].hasWidth) {
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
