/**
 * Loading the data that a run was trained on.
 *
 * @module
 */
import { DataError, UsageError } from "../core/errors.ts";
import { withClassNames } from "../data/class_names.ts";
import type { EvaluationSet, Split } from "../data/dataset.ts";
import { preparedAs } from "./model_input.ts";
import { expectClassifier } from "./expect_classifier.ts";
import { expectRegistry } from "./expect_registry.ts";
import { recorded, type RunLocation } from "./locate_run.ts";
import { isNetworkName, type NetworkName } from "../recipes/networks.ts";
import type { Recipe } from "../recipes/recipe.ts";
import { recipe as recipeNamed } from "../recipes/recipe_named.ts";
import type { Registry } from "../recipes/registry.ts";

/** Options of the data of a run; defaults come from the run's `config.json`. */
export interface RunDataOptions {
  /** Recipe that the checkpoint was trained with. */
  readonly recipe?: string;
  /** Recipes, tokens and data sets of a script that the run was trained with. */
  readonly registry?: Registry;
  /** Folder of the data. */
  readonly folder?: string;
  /** Base folder of relative paths in lists. */
  readonly root?: string;
  /** List to evaluate on, if the data is a list. */
  readonly test?: string;
  /** Set to evaluate on, if the data has both. */
  readonly split?: EvaluationSet;
  /** Imbalance factor of the training set, which determines the groups of classes. */
  readonly imbalance?: number;
  /** Data of a run without a recipe, or other data with the same classes as the run's. */
  readonly data?: Split;
}

/**
 * Loads the data of a run, labelled by the classes and normalised by the mean and standard deviation of its training.
 *
 * @param location The run.
 * @param options Values that override the run's or that it does not record.
 * @returns Training set and evaluation set.
 * @throws {UsageError} If the recipe is neither given nor recorded by the run.
 * @throws {DataError} If the data cannot be read, or its classes or image size differ from the run's.
 */
export async function runData(location: RunLocation, options: RunDataOptions): Promise<Split> {
  const source = recorded<Record<string, never>>(location, "data");
  const data = options.data ?? (await recipeOf(location, options).load({
    folder: options.folder ?? source?.folder,
    imbalance: options.imbalance ?? source?.imbalance,
    root: options.root ?? source?.root,
    test: testListOf(source, options),
    split: options.split ?? source?.split,
    labelsFrom: source?.labelsFrom,
    size: source?.size,
    exif: source?.exif === 1 ? true : undefined,
    maxPixels: source?.maxPixels,
    skipDamaged: source?.skipDamaged === 1 ? true : undefined,
    seed: recorded(location, "seed") ?? 0,
  })).split;
  const labelled = await withRunClasses(location, data);
  const input = location.config?.input;
  return input ? preparedAs(labelled, input, `the run in ${location.folder}`) : labelled;
}

/** Returns the list to evaluate on: by default that of the training, unless other data or another set is requested. */
function testListOf(
  source: Readonly<Record<string, never>> | undefined,
  { test, folder, split }: RunDataOptions,
): string | undefined {
  const own = folder === undefined || folder === source?.folder;
  return test ?? (own && split === undefined ? source?.test : undefined);
}

/**
 * Returns the recipe of a run, with the network that it was trained with.
 *
 * @param location The run.
 * @param options Name of the recipe, by default the run's, and the registry that it was trained with.
 * @returns The recipe.
 * @throws {UsageError} If the recipe is neither given nor recorded, or the registry lacks a part of it.
 */
export function recipeOf(
  location: RunLocation,
  { recipe, registry }: Pick<RunDataOptions, "recipe" | "registry">,
): Recipe {
  expectClassifier(location.folder, location.config?.training);
  const name = recipe ?? recorded<string>(location, "recipe");
  if (recipe === undefined) expectRegistry(location.folder, location.config, registry);
  if (name === undefined || name === "custom") {
    throw new UsageError(
      `Expected a recipe to open ${location.file} with, but ${location.folder}/config.json names none: pass --recipe`,
    );
  }
  const { network = networkNameOf(location), width } = location.config?.settings ?? {};
  return recipeNamed(name, { network, width, registry });
}

/** Returns the network name that runs of earlier versions record, if it is one that recipes support. */
function networkNameOf(location: RunLocation): NetworkName | undefined {
  const name = recorded<string>(location, "network");
  return isNetworkName(name) ? name : undefined;
}

/**
 * Relabels data by the class names of a run, regardless of their order in the data; without names and number of classes
 * in `config.json` and `summary.json` it is unchanged. Some classes may have no test images.
 */
async function withRunClasses({ folder, config }: RunLocation, data: Split): Promise<Split> {
  const names = config?.classNames ?? await namesIn(`${folder}/summary.json`);
  if (names) {
    const whose = `the run in ${folder}`;
    return {
      ...data,
      train: withClassNames(data.train, names, whose),
      test: withClassNames(data.test, names, whose),
    };
  }
  const trained = (config?.training.counts as unknown[] | undefined)?.length;
  const { classNames, name } = data.train;
  if (trained === undefined || trained === classNames.length) return data;
  throw new DataError(
    `Expected the ${trained} classes of the run in ${folder} but found ${classNames.length} ` +
      `in ${name}: name the folder of the data that it was trained on`,
  );
}

/** Reads the class names from the `summary.json` of a finished run. */
async function namesIn(path: string): Promise<string[] | undefined> {
  try {
    const { classNames } = JSON.parse(await Deno.readTextFile(path));
    return Array.isArray(classNames) ? classNames : undefined;
  } catch {
    return undefined;
  }
}
