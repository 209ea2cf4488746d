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
 * Finds the folders of the sets in a folder: `train`, and `test` or `val`, under any of their usual names.
 *
 * @param folder Path of the folder.
 * @returns The names of those that there are; none if there is no such folder.
 * @throws {DataError} If a set is there under two names.
 */
export async function splitFolders(folder: string): Promise<FoundSets> {
  return findSets(await foldersIn(folder));
}

/** What {@linkcode openSets} takes. */
export interface OpenSetsOptions extends Decoding, Pick<ImageFolderOptions, "size" | "fit"> {
  /** The sets to evaluate on that are wanted. */
  readonly wanted: readonly EvaluationSet[];
}

/** Sets over the classes of the training set. */
export interface OpenedSets {
  /** The training set. */
  readonly train: ImageDataset;
  /** Those to evaluate on, in the order in which they were wanted. */
  readonly others: readonly ImageDataset[];
  /** What looks like a mistake. */
  readonly warnings: readonly string[];
}

/**
 * Lists the images of a training set and of others to evaluate on. The names of the training set's classes decide: a
 * class may have no test images, but none may be new.
 *
 * @param folder Folder that the sets are in.
 * @param sets Names of their folders, of {@linkcode splitFolders}, which have those that are wanted.
 * @param options Size and fit of the images, and the sets to evaluate on.
 * @returns The images, on disk.
 * @throws {DataError} If classes are not those of the training set, or a folder is no image folder.
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
    // What looks wrong in the training set may be why another one does not fit.
    if (!(error instanceof DataError) || warnings.length === 0) throw error;
    throw new DataError([error.message, ...warnings].join(". "), { cause: error });
  }
  return { train, others, warnings };
}

/**
 * Names of the folders in a folder, links to folders among them, without hidden ones.
 *
 * @param folder Path of the folder.
 * @returns Their names; none if there is no such folder.
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

/** Warns where a single class holds folders, as when an archive was unpacked into a folder of its own name. */
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
    `${root} has a single class, ${name}, whose images lie in folders (${someOf([...folders])}): ` +
    `if those are the classes, move them from ${root}/${name} to ${root}`,
  ];
}
