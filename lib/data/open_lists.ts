/**
 * Opens lists: pairs training and evaluation lists and detects their formats.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { imageAnnotations, type ImageAnnotationsOptions } from "./annotations.ts";
import { withClassNames } from "./class_names.ts";
import type { EvaluationSet, ImageDataset, ResizeMode, Split } from "./dataset.ts";
import { type Decoding, decodingOf } from "./images/image.ts";
import { imageList } from "./image_list.ts";
import { aroundTrain, evaluationSet, findSets, type FoundSets, noSuchSet } from "./sets.ts";

/** Options of {@linkcode openLists}. */
export interface OpenListsOptions extends Decoding {
  /** Root folder of relative paths. */
  readonly root?: string;
  /** Height and width that images are resized to. */
  readonly size?: number;
  /** How images are resized to that size. */
  readonly fit?: ResizeMode;
  /** Label of the first class, if labels are numbers. */
  readonly labelsFrom?: number;
  /** Whether to check eagerly that every file exists. */
  readonly checkFiles?: boolean;
  /** Whether to read the validation list, too. */
  readonly validation?: boolean;
}

/** A training list and an evaluation list. */
export interface ListPair {
  /** Path of the training list. */
  readonly train: string;
  /** Path of the evaluation list. */
  readonly test: string;
  /** Which set the evaluation list is, if its name contains it. */
  readonly evaluatedOn?: EvaluationSet;
  /** Path of a separate validation list. */
  readonly validation?: string;
}

/** Selects the evaluation list. */
export interface ListChoice {
  /** Path of the list. */
  readonly test?: string;
  /** The set to look for, or the set that the given list is. */
  readonly split?: EvaluationSet;
}

/**
 * Tests whether a path is that of a list, rather than of a folder.
 *
 * @param path The path.
 * @returns Whether it has the extension of a list.
 */
export function isList(path: string): boolean {
  return /\.(txt|csv|tsv|json)$/i.test(path);
}

/**
 * Reads a list or annotations, by file extension.
 *
 * @param file A list, or annotations in `.json`.
 * @param options Root folder, class names, size, checks.
 * @returns The data set.
 * @throws {DataError} If the file cannot be read.
 */
export async function openList(
  file: string,
  options: ImageAnnotationsOptions,
): Promise<ImageDataset> {
  return await (/\.json$/i.test(file) ? imageAnnotations : imageList)(file, options);
}

/**
 * Reads an evaluation list with the classes of its training set.
 *
 * @param file A list, or annotations in `.json`.
 * @param train The training set.
 * @param options Root folder, size, checks.
 * @returns The data set.
 * @throws {DataError} If the list cannot be read, or has a class that is not in the training set.
 */
export async function openTestList(
  file: string,
  train: Pick<ImageDataset, "classNames" | "categoryIds">,
  options: OpenListsOptions,
): Promise<ImageDataset> {
  const { classNames, categoryIds } = train;
  // If the training list has class names as labels, numeric labels in the other list are meaningless.
  const named = categoryIds === undefined && !classNames.every((name) => /^\d+$/.test(name));
  if (named) return withClassNames(await openList(file, options), classNames);
  return await openList(file, { ...options, classNames, categoryIds });
}

/**
 * Reads a training list and an evaluation list, and a validation list if requested.
 *
 * @param pair The lists.
 * @param options Root folder, size, checks.
 * @returns The data sets, over the classes of the training set.
 * @throws {DataError} If a list cannot be read, or the lists do not match.
 */
export async function openLists(
  { train: list, test, evaluatedOn, validation }: ListPair,
  { size = 32, fit, root, labelsFrom, checkFiles, validation: wanted, ...decoding }:
    OpenListsOptions,
): Promise<Split> {
  const options = { size, fit, root, labelsFrom, checkFiles, ...decodingOf(decoding) };
  const train = await openList(list, options);
  return {
    train,
    test: await openTestList(test, train, options),
    evaluatedOn,
    ...(wanted && validation !== undefined
      ? { validation: await openTestList(validation, train, options) }
      : {}),
  };
}

/**
 * Finds the evaluation list that belongs to a training list.
 *
 * @param train Path of the training list.
 * @param choice Path or set of the evaluation list, if given.
 * @returns Both lists.
 * @throws {DataError} If there is none in the same folder.
 */
export async function listBeside(train: string, { test, split }: ListChoice): Promise<ListPair> {
  if (test !== undefined) return { train, test, evaluatedOn: split };
  const name = train.replace(/^.*[/\\]/, ""), folder = train.slice(0, train.length - name.length);
  const around = aroundTrain(name);
  const sets = around ? findSets(await filesIn(folder || "."), around) : {};
  const chosen = evaluationSet(sets, split);
  if (chosen) return { train, ...evaluationLists(folder, chosen) };
  throw new DataError(
    `Expected a list to evaluate on next to ${train}, with ${split ?? "test or val"} in place of ` +
      `train in its name, but found none: add one, or give --test LIST`,
  );
}

/**
 * Pairs the lists `train.*` and `test.*` or `val.*` of a folder.
 *
 * @param folder The folder.
 * @param sets Names of the lists; the training list must be among them.
 * @param choice Path or set of the evaluation list, if given.
 * @returns Both lists.
 * @throws {DataError} If the evaluation list is missing.
 */
export function ownLists(folder: string, sets: FoundSets, { test, split }: ListChoice): ListPair {
  const train = `${folder}/${sets.train}`;
  if (test !== undefined) return { train, test, evaluatedOn: split };
  const chosen = evaluationSet(sets, split);
  if (!chosen) throw noSuchSet(folder, sets, split);
  return { train, ...evaluationLists(`${folder}/`, chosen) };
}

/** Paths of the evaluation list and of the validation list. */
function evaluationLists(
  folder: string,
  { name, evaluatedOn, validation }: NonNullable<ReturnType<typeof evaluationSet>>,
): Omit<ListPair, "train"> {
  return {
    test: folder + name,
    evaluatedOn,
    ...(validation === undefined ? {} : { validation: folder + validation }),
  };
}

/**
 * Finds a pair of official lists in a folder.
 *
 * @param folder The folder.
 * @param files Names of the files in it.
 * @param lists Names of matching lists, the preferred pair first.
 * @param choice Path or set of the evaluation list, if given.
 * @returns Both lists, or `undefined` if no pair is complete.
 */
export function officialLists(
  folder: string,
  files: readonly string[],
  lists: readonly (readonly [train: string, test: string])[],
  { test, split }: ListChoice,
): ListPair | undefined {
  const setOf = (name: string): EvaluationSet => /val/.test(name) ? "val" : "test";
  const complete = lists.filter((pair) => pair.every((name) => files.includes(name)));
  const pair = complete.find(([, name]) => split === undefined || setOf(name) === split);
  if (!pair) return undefined;
  const train = `${folder}/${pair[0]}`;
  if (test !== undefined) return { train, test, evaluatedOn: split };
  const evaluatedOn = setOf(pair[1]);
  const validation = complete.find(([list, name]) => list === pair[0] && setOf(name) === "val");
  return {
    train,
    test: `${folder}/${pair[1]}`,
    evaluatedOn,
    ...(evaluatedOn === "test" && validation ? { validation: `${folder}/${validation[1]}` } : {}),
  };
}

/**
 * Lists the files in a folder.
 *
 * @param folder Path of the folder.
 * @returns Their names, sorted; empty if there is no such folder.
 */
export async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.filter(({ isDirectory }) => !isDirectory).map(({ name }) => name).sort();
  } catch {
    return [];
  }
}
