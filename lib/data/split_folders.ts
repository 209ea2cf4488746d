/**
 * Folders of images for training and evaluation: `train/<class>/` with `test/<class>/` or `val/<class>/`.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import type { EvaluationSet, ImageDataset } from "./dataset.ts";
import { isHidden } from "./files/names.ts";
import { imageFolder, type ImageFolderOptions } from "./image_folder.ts";
import type { Decoding } from "./images/image.ts";
import { someOf } from "./lists/some_of.ts";
import { findSets, type FoundSets } from "./sets.ts";

/**
 * Finds the folders of the training, test and validation sets in a folder, under any accepted name.
 *
 * @param folder Path of the folder.
 * @returns The names of those found; empty if the folder does not exist.
 * @throws {DataError} If a set is found under two names.
 */
export async function splitFolders(folder: string): Promise<FoundSets> {
  return findSets(await foldersIn(folder));
}

/** Options of {@linkcode openSets}. */
export interface OpenSetsOptions extends Decoding, Pick<ImageFolderOptions, "size" | "fit"> {
  /** Evaluation sets to open. */
  readonly wanted: readonly EvaluationSet[];
}

/** Sets over the classes of the training set. */
export interface OpenedSets {
  /** The training set. */
  readonly train: ImageDataset;
  /** Evaluation sets, in the order requested. */
  readonly others: readonly ImageDataset[];
  /** Possible mistakes in the folder layout, one line each. */
  readonly warnings: readonly string[];
}

/**
 * Lists the images of a training set and of evaluation sets. The training set defines the classes: another set may lack
 * images of a class, but must not have other classes.
 *
 * @param folder Folder that contains the sets.
 * @param sets Folder names from {@linkcode splitFolders}; the requested sets must be among them.
 * @param options Size and fit of the images, and the evaluation sets.
 * @returns The sets, with images on disk.
 * @throws {DataError} If a class is not in the training set, or a folder is not an image folder.
 */
export async function openSets(
  folder: string,
  sets: FoundSets,
  { wanted, ...options }: OpenSetsOptions,
): Promise<OpenedSets> {
  const train = await imageFolder(`${folder}/${sets.train}`, options);
  const { classNames } = train, warnings = nested(train);
  const others: ImageDataset[] = [];
  try {
    for (const set of wanted) {
      others.push(await imageFolder(`${folder}/${sets[set]}`, { ...options, classNames }));
    }
  } catch (error) {
    // A wrong layout of the training set may be the cause of the mismatch.
    if (!(error instanceof DataError) || warnings.length === 0) throw error;
    throw new DataError([error.message, ...warnings].join(". "), { cause: error });
  }
  return { train, others, warnings };
}

/**
 * Lists the subfolders of a folder, including links to folders, excluding hidden ones.
 *
 * @param folder Path of the folder.
 * @returns Their names; empty if there is no such folder.
 */
export async function foldersIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory, isSymlink } of Deno.readDir(folder)) {
      if (isHidden(name)) continue;
      const behind = isSymlink &&
        await Deno.stat(`${folder}/${name}`).then((found) => found.isDirectory, () => false);
      if (isDirectory || behind) names.push(name);
    }
  } catch {
    return [];
  }
  return names.sort();
}

/** Warns if a single class contains folders, as after unpacking an archive into a folder of the same name. */
function nested({ classNames, images }: ImageDataset): string[] {
  if (classNames.length !== 1 || images.kind !== "files") return [];
  const { bytes, starts, ends, root } = images.paths;
  const decoder = new TextDecoder();
  const folders = new Set<string>();
  for (let image = 0; image < starts.length; image++) {
    const inside = decoder.decode(bytes.subarray(starts[image], ends[image])).split("/").slice(
      1,
      -1,
    );
    if (inside.length === 0) return [];
    folders.add(inside[0]);
  }
  const [name] = classNames;
  return [
    `${root} has a single class, ${name}, whose images are in folders (${someOf([...folders])}): ` +
    `if those are the classes, move them from ${root}/${name} to ${root}`,
  ];
}
