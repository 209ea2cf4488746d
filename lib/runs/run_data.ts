/**
 * Loading the data that a run was trained on.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import type { EvaluationSet, Split } from "../data/dataset.ts";
import { preparedAs } from "./model_input.ts";
import {
  isNetworkName,
  type NetworkName,
  type Recipe,
  recipe as recipeNamed,
} from "../recipes/mod.ts";
import { type RunPlace, told } from "./run_place.ts";
import { withRunClasses } from "./same_classes.ts";

/** Options of the data of a run; defaults come from the run's `config.json`. */
export interface RunDataOptions {
  /** Recipe that the checkpoint was trained with. */
  readonly recipe?: string;
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
 * @param place The run.
 * @param options Values that override the run's or that it does not record.
 * @returns Training set and evaluation set.
 * @throws {UsageError} If the recipe is neither given nor recorded by the run.
 * @throws {DataError} If the data cannot be read, or its classes or image size differ from the run's.
 */
export async function runData(place: RunPlace, options: RunDataOptions): Promise<Split> {
  const source = told<Record<string, never>>(place, "data");
  const data = options.data ?? (await recipeOf(place, options.recipe).load({
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
    seed: told(place, "seed") ?? 0,
  })).split;
  const labelled = await withRunClasses(place.folder, place.config, data);
  const input = place.config?.input;
  return input ? preparedAs(labelled, input, `the run in ${place.folder}`) : labelled;
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
 * @param place The run.
 * @param name Name of the recipe; defaults to the run's.
 * @returns The recipe.
 * @throws {UsageError} If it is neither given nor recorded.
 */
export function recipeOf(place: RunPlace, name = told<string>(place, "recipe")): Recipe {
  if (name === undefined || name === "custom") {
    throw new UsageError(
      `Expected a recipe to open ${place.file} with, for ${place.folder}/config.json names none`,
    );
  }
  const { network = networkNameOf(place), width } = place.config?.settings ?? {};
  return recipeNamed(name, network, { width });
}

/** Returns the network name that runs of earlier versions record, if it is one that recipes support. */
function networkNameOf(place: RunPlace): NetworkName | undefined {
  const name = told<string>(place, "network");
  return isNetworkName(name) ? name : undefined;
}
