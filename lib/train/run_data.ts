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
} from "./recipes/mod.ts";
import { type RunPlace, told } from "./run_place.ts";
import { withRunClasses } from "./same_classes.ts";

/** Which data a run is opened with; what is left out comes from the run's `config.json`. */
export interface RunDataOptions {
  /** Recipe that the checkpoint was trained with. */
  readonly recipe?: string;
  /** Folder of the data. */
  readonly folder?: string;
  /** Folder that paths in lists begin in. */
  readonly root?: string;
  /** List to evaluate on, where the data is a list. */
  readonly test?: string;
  /** Which set to evaluate on, where there are both. */
  readonly split?: EvaluationSet;
  /** Imbalance of the training set, by which classes are grouped. */
  readonly imbalance?: number;
  /** Data of a run without a recipe, or other data than the run's own with the same classes. */
  readonly data?: Split;
}

/**
 * Loads the data of a run, labelled by the classes and prepared by the mean and deviation that it was trained with.
 *
 * @param place The run.
 * @param options What the run does not tell.
 * @returns Training set and the set to evaluate on.
 * @throws {UsageError} If the recipe is neither given nor told by the run.
 * @throws {DataError} If the data cannot be read, or has other classes or another size of images than the run.
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

/** The list to evaluate on: that of the training where neither other data nor another set is asked for. */
function testListOf(
  source: Readonly<Record<string, never>> | undefined,
  { test, folder, split }: RunDataOptions,
): string | undefined {
  const own = folder === undefined || folder === source?.folder;
  return test ?? (own && split === undefined ? source?.test : undefined);
}

/**
 * The recipe of a run, with the network that it was trained with.
 *
 * @param place The run.
 * @param name Its name, where the run does not tell it.
 * @returns The recipe.
 * @throws {UsageError} If it is neither given nor told.
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

/** Name of the network of a run of an earlier version, where it is one that recipes know. */
function networkNameOf(place: RunPlace): NetworkName | undefined {
  const name = told<string>(place, "network");
  return isNetworkName(name) ? name : undefined;
}
