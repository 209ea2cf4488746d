/**
 * Opening lists: which belong together, and of which kind each is.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { imageAnnotations, type ImageAnnotationsOptions } from "./annotations.ts";
import { withClassNames } from "./class_names.ts";
import type { EvaluationSet, Fit, ImageDataset, Split } from "./dataset.ts";
import { type Decoding, decodingOf } from "./images/image.ts";
import { imageList } from "./image_list.ts";
import { aroundTrain, evaluationSet, findSets, type FoundSets, noSuchSet } from "./sets.ts";

/** Options of {@linkcode openLists}. */
export interface OpenListsOptions extends Decoding {
  /** Folder that paths begin in. */
  readonly root?: string;
  /** Height and width that images are resized to. */
  readonly size?: number;
  /** How they come to that size. */
  readonly fit?: Fit;
  /** The first label, where labels are numbers. */
  readonly labelsFrom?: number;
  /** Whether every file is looked for now. */
  readonly checkFiles?: boolean;
}

/** A training list and one to evaluate on. */
export interface ListPair {
  /** Path of the training list. */
  readonly train: string;
  /** Path of the list to evaluate on. */
  readonly test: string;
  /** Which set that is, where the name tells it. */
  readonly evaluatedOn?: EvaluationSet;
}

/** Which list to evaluate on. */
export interface ListChoice {
  /** Path of the list. */
  readonly test?: string;
  /** The set that is looked for, or that the list is. */
  readonly split?: EvaluationSet;
}

/**
 * Whether a path is that of a list rather than of a folder.
 *
 * @param path The path.
 * @returns Whether its ending is that of a list.
 */
export function isList(path: string): boolean {
  return /\.(txt|csv|tsv|json)$/i.test(path);
}

/**
 * Reads a list by the kind of its file.
 *
 * @param file A list, or annotations in `.json`.
 * @param options Folder, class names, size, checks.
 * @returns The data set.
 * @throws {DataError} If it cannot be read.
 */
export async function openList(
  file: string,
  options: ImageAnnotationsOptions,
): Promise<ImageDataset> {
  return await (/\.json$/i.test(file) ? imageAnnotations : imageList)(file, options);
}

/**
 * Reads a list to evaluate on by the classes of its training set.
 *
 * @param file A list, or annotations in `.json`.
 * @param train The training set.
 * @param options Folder, size, checks.
 * @returns The data set.
 * @throws {DataError} If it cannot be read, or has a class that is none of the training set's.
 */
export async function openTestList(
  file: string,
  train: Pick<ImageDataset, "classNames" | "categoryIds">,
  options: OpenListsOptions,
): Promise<ImageDataset> {
  const { classNames, categoryIds } = train;
  // Where a training list has names for labels, numbers in the other one would mean nothing.
  const named = categoryIds === undefined && !classNames.every((name) => /^\d+$/.test(name));
  if (named) return withClassNames(await openList(file, options), classNames);
  return await openList(file, { ...options, classNames, categoryIds });
}

/**
 * Reads a training list and one to evaluate on.
 *
 * @param pair The lists.
 * @param options Folder, size, checks.
 * @returns Both data sets, over the classes of the training set.
 * @throws {DataError} If one cannot be read, or they do not fit.
 */
export async function openLists(
  { train: list, test, evaluatedOn }: ListPair,
  { size = 32, fit, root, labelsFrom, checkFiles, ...decoding }: OpenListsOptions,
): Promise<Split> {
  const options = { size, fit, root, labelsFrom, checkFiles, ...decodingOf(decoding) };
  const train = await openList(list, options);
  return { train, test: await openTestList(test, train, options), evaluatedOn };
}

/**
 * The list to evaluate on that belongs to a training list.
 *
 * @param train Path of the training list.
 * @param choice Its path or its set, where the user says so.
 * @returns Both lists.
 * @throws {DataError} If there is none beside it.
 */
export async function listBeside(train: string, { test, split }: ListChoice): Promise<ListPair> {
  if (test !== undefined) return { train, test, evaluatedOn: split };
  const name = train.replace(/^.*[/\\]/, ""), folder = train.slice(0, train.length - name.length);
  const around = aroundTrain(name);
  const sets = around ? findSets(await filesIn(folder || "."), around) : {};
  const chosen = evaluationSet(sets, split);
  if (chosen) return { train, test: folder + chosen.name, evaluatedOn: chosen.evaluatedOn };
  throw new DataError(
    `Expected a list to evaluate on beside ${train}, named as it with ${
      split ?? "test or val"
    } for ` +
      `train, but found none: name one`,
  );
}

/**
 * Lists of one's own in a folder.
 *
 * @param folder The folder.
 * @param sets Names of the lists; that of the training set is there.
 * @param choice Path or set of the one to evaluate on, where the user says so.
 * @returns Both lists.
 * @throws {DataError} If the one to evaluate on is missing.
 */
export function ownLists(folder: string, sets: FoundSets, { test, split }: ListChoice): ListPair {
  const train = `${folder}/${sets.train}`;
  if (test !== undefined) return { train, test, evaluatedOn: split };
  const chosen = evaluationSet(sets, split);
  if (!chosen) throw noSuchSet(folder, sets, split);
  return { train, test: `${folder}/${chosen.name}`, evaluatedOn: chosen.evaluatedOn };
}

/**
 * Official lists in a folder.
 *
 * @param folder The folder.
 * @param files Names of the files in it.
 * @param lists Names of the lists that belong together, the preferred pair first.
 * @param choice Path or set of the one to evaluate on, where the user says so.
 * @returns Both lists, or `undefined` where they are not all there.
 */
export function officialLists(
  folder: string,
  files: readonly string[],
  lists: readonly (readonly [train: string, test: string])[],
  { test, split }: ListChoice,
): ListPair | undefined {
  const setOf = (name: string): EvaluationSet => /val/.test(name) ? "val" : "test";
  const pair = lists.find((pair) =>
    pair.every((name) => files.includes(name)) &&
    (split === undefined || setOf(pair[1]) === split)
  );
  if (!pair) return undefined;
  const train = `${folder}/${pair[0]}`;
  if (test !== undefined) return { train, test, evaluatedOn: split };
  return { train, test: `${folder}/${pair[1]}`, evaluatedOn: setOf(pair[1]) };
}

/**
 * Names of the files in a folder.
 *
 * @param folder Path of the folder.
 * @returns Their names, sorted; none if there is no such folder.
 */
export async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.filter(({ isDirectory }) => !isDirectory).map(({ name }) => name).sort();
  } catch {
    return [];
  }
}
