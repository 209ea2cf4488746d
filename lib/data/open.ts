/**
 * Opening data, by its folder or by its name, whatever its layout.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { DataError } from "../core/errors.ts";
import { CLASSES } from "./cifar/layouts.ts";
import { type CifarName, findCifar } from "./cifar/mod.ts";
import { withClassNames } from "./class_names.ts";
import type { EvaluationSet, Fit, Split } from "./dataset.ts";
import { type Decoding, decodingOf } from "./images/image.ts";
import { type FolderName, FOLDERS, type ListedName, OFFICIAL } from "./official.ts";
import {
  filesIn,
  isList,
  listBeside,
  type ListPair,
  officialLists,
  openLists,
  ownLists,
} from "./open_lists.ts";
import { readPacked } from "./packed.ts";
import { evaluationSet, findSets, type FoundSets, noSuchSet } from "./sets.ts";
import { foldersIn, openSets, splitFolders } from "./split_folders.ts";

/** Options of {@linkcode openData}. */
export interface OpenOptions extends Decoding {
  /**
   * Height and width that images on disk are resized to.
   *
   * @default {32}
   */
  readonly size?: number;
  /**
   * How images on disk come to that size.
   *
   * @default {"stretch"}
   */
  readonly fit?: Fit;
  /**
   * Folder that paths in lists begin in.
   *
   * @default {the folder of the lists}
   */
  readonly root?: string;
  /**
   * The list to evaluate on, where the data is a list.
   *
   * @default {the training list's name with test or val in the place of train}
   */
  readonly test?: string;
  /**
   * Which set to evaluate on, where there are both.
   *
   * @default {the test set, or the validation set where there is no other}
   */
  readonly split?: EvaluationSet;
  /**
   * The first label, where lists number classes.
   *
   * @default {0}
   */
  readonly labelsFrom?: number;
  /**
   * Whether every file of a list is looked for now rather than when it is needed.
   *
   * @default {false}
   */
  readonly checkFiles?: boolean;
}

/** Options of {@linkcode openDataSet}. */
export interface OpenDataSetOptions extends OpenOptions {
  /** Folder of the lists, of CIFAR's files, or of `train/` and `val/`. */
  readonly folder: string;
}

/** Name of a data set that {@linkcode openDataSet} knows. */
export type DataSetName = CifarName | ListedName | FolderName;

/** The two sides of an image that the field takes for images from disk. */
const LISTED_SIZE = 224;

/**
 * Opens the data in a folder: packed by `deno task data import`; CIFAR's official files or archives; image
 * folders `train/<class>/` and `test/<class>/` (or `val/<class>/`); lists `train.txt` and `test.txt` (or `val.txt`), or
 * the same in `.csv`; or the official lists of ImageNet-LT, iNaturalist 2018 or Places-LT. A training list is taken,
 * too. Sets may be called `training`, `testing`, `valid` or `validation` as well, in upper or lower case.
 *
 * The classes of the training set decide which label each has; the other set may lack some, but have no others.
 *
 * @param path Path of the folder, of a CIFAR archive, or of a training list (`.txt`, `.csv`, or annotations in
 * `.json`).
 * @param options Size of images on disk, folder that paths begin in, set or list to evaluate on.
 * @returns Training set and the set to evaluate on.
 * @throws {DataError} If the folder holds nothing of that, or what it holds cannot be read.
 */
export async function openData(path: string, options: OpenOptions = {}): Promise<Split> {
  if (isList(path)) return await openLists(await listBeside(path, options), options);
  const { split } = options;
  const files = await filesIn(path);
  const packs = findSets(files, ["", ".pack"]);
  if (isPair(packs)) return await openPacks(path, packs, split);
  const cifar = await findCifar(path);
  if (cifar) {
    if (split === "val") throw noSuchSet(path, { train: "train", test: "test" }, split);
    return cifar;
  }
  // Lists come before folders, which lie beside them in the official layouts; tables often describe folders.
  const own = findSets(files, ["", ".txt"]);
  if (isPair(own)) return await openLists(ownLists(path, own, options), options);
  const official = officialPair(path, files, options);
  if (official) return await openLists(official, options);
  const folders = await splitFolders(path);
  if (isPair(folders)) return await openFolders(path, folders, options);
  const tables = findSets(files, ["", ".csv"]);
  if (isPair(tables)) return await openLists(ownLists(path, tables, options), options);
  const alone = [folders, own, tables].find(({ train }) => train !== undefined);
  if (alone) throw noSuchSet(path, alone, split);
  throw new DataError(
    `Expected ${path} to hold train.pack and test.pack, an archive of CIFAR, the folders train and ` +
      `test, train.txt and test.txt, or the lists of ImageNet-LT, iNaturalist 2018 or Places-LT, ` +
      `but found none of them${await folderBelow(path)}`,
  );
}

/**
 * Opens a data set of the field by its name, from its official files or lists, and checks that it is the one.
 * Images on disk are 224 pixels wide and high, cut out of the centre, unless the options say otherwise.
 *
 * @param name `cifar10`, `cifar100`, `imagenet-lt`, `inaturalist2018`, `places-lt` or `imagenet`.
 * @param options Where it is, and what {@linkcode openData} takes.
 * @returns Training and test set. ImageNet is evaluated on its validation set. ImageNet-LT and Places-LT are evaluated on their test lists, or on their validation
 * lists where those are missing; iNaturalist 2018 on its validation list. The name of a set tells its list.
 * @throws {RangeError} If the name is unknown.
 * @throws {DataError} If the files or lists are missing, cannot be read, or have another number of classes.
 */
export async function openDataSet(
  name: DataSetName,
  { folder, ...options }: OpenDataSetOptions,
): Promise<Split> {
  if (Object.hasOwn(CLASSES, name)) {
    const split = await openData(folder, options);
    return expectClasses(name, split, folder, CLASSES[name as CifarName]);
  }
  const onDisk = { size: LISTED_SIZE, fit: "centre-crop", ...options } as const;
  if (Object.hasOwn(FOLDERS, name)) {
    const sets = await splitFolders(folder);
    if (sets.train !== undefined) {
      // Its test set has no labels.
      const wanted = onDisk.split ?? (sets.val === undefined ? undefined : "val");
      const split = await openFolders(folder, sets, { ...onDisk, split: wanted });
      return expectClasses(name, split, folder, FOLDERS[name as FolderName]);
    }
    throw new DataError(
      `Expected ${folder} to hold train and val, with a folder of images for each class of ${name}, ` +
        `but found none`,
    );
  }
  if (!Object.hasOwn(OFFICIAL, name)) {
    const known = [CLASSES, OFFICIAL, FOLDERS].flatMap(Object.keys);
    throw new RangeError(
      `Expected a data set of ${known.join(", ")} but found ${name}${didYouMean(name, known)}`,
    );
  }
  const { classes, lists } = OFFICIAL[name as ListedName];
  const pair = officialLists(folder, await filesIn(folder), lists, options);
  if (!pair) {
    const wanted = lists.map(([train, test]) => `${train} with ${test}`).join(", or ");
    throw new DataError(`Expected ${folder} to hold ${wanted} but found none of them`);
  }
  return expectClasses(name, await openLists(pair, onDisk), folder, classes);
}

/** The lists of the one data set whose official lists a folder holds. */
function officialPair(
  folder: string,
  files: readonly string[],
  options: OpenOptions,
): ListPair | undefined {
  const found = Object.entries(OFFICIAL).flatMap(([name, { lists }]) => {
    const pair = officialLists(folder, files, lists, options);
    return pair ? [{ name, pair }] : [];
  });
  if (found.length < 2) return found[0]?.pair;
  throw new DataError(
    `Expected ${folder} to hold the lists of one data set but found those of ${
      found.map(({ name }) => name).join(" and ")
    }: name the training list`,
  );
}

/** Whether there is a training set and one to evaluate on. */
function isPair({ train, test, val }: FoundSets): boolean {
  return train !== undefined && (test ?? val) !== undefined;
}

async function openPacks(path: string, packs: FoundSets, split?: EvaluationSet): Promise<Split> {
  const chosen = evaluationSet(packs, split);
  if (!chosen) throw noSuchSet(path, packs, split);
  const train = await readPacked(`${path}/${packs.train}`);
  const test = withClassNames(await readPacked(`${path}/${chosen.name}`), train.classNames);
  return { train, test, evaluatedOn: chosen.evaluatedOn };
}

/** Folders of images, one for each class. */
async function openFolders(
  path: string,
  sets: FoundSets,
  { size = 32, fit, split, root, test, labelsFrom, ...options }: OpenOptions,
): Promise<Split> {
  const ofLists = { root, test, labelsFrom };
  const useless = Object.entries(ofLists).find(([, value]) => value !== undefined);
  if (useless) {
    throw new DataError(
      `Expected no ${useless[0]} for ${path}, whose images lie in ` +
        `${Object.values(sets).join(" and ")}, but found ${useless[1]}: name a list`,
    );
  }
  const chosen = evaluationSet(sets, split);
  if (!chosen) throw noSuchSet(path, sets, split);
  const { evaluatedOn, name } = chosen;
  if (evaluatedOn === "test" && sets.val && (await foldersIn(`${path}/${name}`)).length === 0) {
    throw new DataError(
      `Expected a folder for each class in ${path}/${name} but found none: ` +
        `if its images have no labels, evaluate on ${path}/${sets.val} by --split val`,
    );
  }
  const { train, others: [other], warnings } = await openSets(path, sets, {
    size,
    fit,
    ...decodingOf(options),
    wanted: [evaluatedOn],
  });
  return { train, test: other, evaluatedOn, warnings };
}

/** Says so where the folder one below is meant, as when an archive was unpacked into a folder of its own. */
async function folderBelow(path: string): Promise<string> {
  for (const name of await foldersIn(path)) {
    const { train } = await splitFolders(`${path}/${name}`);
    if (train !== undefined) return ` (did you mean ${path}/${name}?)`;
  }
  return "";
}

function expectClasses(name: string, split: Split, folder: string, classes: number): Split {
  const found = split.train.classNames.length;
  if (found === classes) return split;
  throw new DataError(
    `Expected ${folder} to hold ${name} with ${classes} classes but found ${found}`,
  );
}
