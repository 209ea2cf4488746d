/**
 * Opens data sets by folder or by name, detecting their layout.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { DataError } from "../core/errors.ts";
import { CLASSES } from "./cifar/layouts.ts";
import { type CifarName, findCifar } from "./cifar/mod.ts";
import { withClassNames } from "./class_names.ts";
import type { EvaluationSet, ResizeMode, Split } from "./dataset.ts";
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
   * How images on disk are resized to that size.
   *
   * @default {"stretch"}
   */
  readonly fit?: ResizeMode;
  /**
   * Root folder of relative paths in lists.
   *
   * @default {the folder of the lists}
   */
  readonly root?: string;
  /**
   * The evaluation list, if the data is a list.
   *
   * @default {the training list's name with `train` replaced by `test` or `val`}
   */
  readonly test?: string;
  /**
   * Which set to evaluate on, if both exist.
   *
   * @default {the test set, or the validation set if there is no test set}
   */
  readonly split?: EvaluationSet;
  /**
   * Label of the first class in lists with numeric labels.
   *
   * @default {0}
   */
  readonly labelsFrom?: number;
  /**
   * Whether to check eagerly that every file of a list exists.
   *
   * @default {false}
   */
  readonly checkFiles?: boolean;
  /**
   * Whether to open the validation set besides the test set, if there are both.
   *
   * @default {false}
   */
  readonly validation?: boolean;
}

/** Options of {@linkcode openDataSet}. */
export interface OpenDataSetOptions extends OpenOptions {
  /** Folder of the lists, of CIFAR's files, or of `train/` and `val/`. */
  readonly folder: string;
}

/** Name of a data set supported by {@linkcode openDataSet}. */
export type DataSetName = CifarName | ListedName | FolderName;

/** Usual height and width of images from disk in the literature. */
const LISTED_SIZE = 224;

/**
 * Opens the data in a folder: packed by `deno task data import`; CIFAR's official files or archives; image folders
 * `train/<class>/` and `test/<class>/` (or `val/<class>/`); lists `train.txt` and `test.txt` (or `val.txt`), or the
 * same in `.csv`; or the official lists of ImageNet-LT, iNaturalist 2018 or Places-LT. The path may also be a training
 * list. Sets may also be named `training`, `testing`, `valid` or `validation`; case does not matter.
 *
 * The training set's classes define the labels; the evaluation set may lack some classes, but must not have others.
 *
 * @param path Path of the folder, of a CIFAR archive, or of a training list (`.txt`, `.csv`, or annotations in
 * `.json`).
 * @param options Size of images on disk, root folder of paths, evaluation set or list.
 * @returns Training set and evaluation set.
 * @throws {DataError} If the folder contains none of these, or its content cannot be read.
 */
export async function openData(path: string, options: OpenOptions = {}): Promise<Split> {
  if (isList(path)) return await openLists(await listBeside(path, options), options);
  const { split } = options;
  const files = await filesIn(path);
  const packs = findSets(files, ["", ".pack"]);
  if (isPair(packs)) return await openPacks(path, packs, options);
  const cifar = await findCifar(path);
  if (cifar) {
    if (split === "val") throw noSuchSet(path, { train: "train", test: "test" }, split);
    return cifar;
  }
  // Lists take precedence over folders, which lie beside them in the official layouts; tables often only describe
  // folders.
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
 * Opens a benchmark data set by name from its official files or lists, and checks its number of classes. By default,
 * images on disk are centre-cropped to 224 × 224 pixels.
 *
 * @param name `cifar10`, `cifar100`, `imagenet-lt`, `inaturalist2018`, `places-lt` or `imagenet`.
 * @param options Folder of the data set, and the options of {@linkcode openData}.
 * @returns Training and evaluation set. ImageNet is evaluated on its validation set, ImageNet-LT and Places-LT on their
 * test lists, or on their validation lists if those are missing, iNaturalist 2018 on its validation list. The name of a
 * set tells its list.
 * @throws {RangeError} If the name is unknown.
 * @throws {DataError} If the files or lists are missing, cannot be read, or have another number of classes.
 */
export async function openDataSet(
  name: DataSetName,
  { folder, ...options }: OpenDataSetOptions,
): Promise<Split> {
  if (Object.hasOwn(CLASSES, name)) {
    const split = await openData(folder, options);
    return expectClassCount(name, split, folder, CLASSES[name as CifarName]);
  }
  const onDisk = { size: LISTED_SIZE, fit: "centre-crop", ...options } as const;
  if (Object.hasOwn(FOLDERS, name)) {
    const sets = await splitFolders(folder);
    if (sets.train !== undefined) {
      // ImageNet's test set has no labels.
      const requested = onDisk.split ?? (sets.val === undefined ? undefined : "val");
      const split = await openFolders(folder, sets, { ...onDisk, split: requested });
      return expectClassCount(name, split, folder, FOLDERS[name as FolderName]);
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
  return expectClassCount(name, await openLists(pair, onDisk), folder, classes);
}

/** Returns the official lists in a folder; throws if there are lists of several data sets. */
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

/** Whether there are a training set and an evaluation set. */
function isPair({ train, test, val }: FoundSets): boolean {
  return train !== undefined && (test ?? val) !== undefined;
}

async function openPacks(
  path: string,
  packs: FoundSets,
  { split, validation: wanted }: OpenOptions,
): Promise<Split> {
  const chosen = evaluationSet(packs, split);
  if (!chosen) throw noSuchSet(path, packs, split);
  const { importId, ...train } = await readPacked(`${path}/${packs.train}`);
  const open = async (name: string) => {
    const { importId: other, ...set } = await readPacked(`${path}/${name}`);
    if (other === importId) return withClassNames(set, train.classNames);
    throw new DataError(
      `Expected ${packs.train} and ${name} in ${path} to be of one import but found two, as ` +
        `an import leaves them that was killed while it replaced another: import again`,
    );
  };
  const { name, evaluatedOn, validation } = chosen;
  return {
    train,
    test: await open(name),
    evaluatedOn,
    ...(wanted && validation !== undefined ? { validation: await open(validation) } : {}),
  };
}

/** Opens folders of images with one subfolder for each class. */
async function openFolders(
  path: string,
  sets: FoundSets,
  { size = 32, fit, split, root, test: list, labelsFrom, validation: wanted, ...options }:
    OpenOptions,
): Promise<Split> {
  const ofLists = { root, test: list, labelsFrom };
  const useless = Object.entries(ofLists).find(([, value]) => value !== undefined);
  if (useless) {
    throw new DataError(
      `Expected no ${useless[0]} for ${path}, whose images are in ` +
        `${Object.values(sets).join(" and ")}, but found ${useless[1]}: name a list`,
    );
  }
  const chosen = evaluationSet(sets, split);
  if (!chosen) throw noSuchSet(path, sets, split);
  const { evaluatedOn, name, validation } = chosen;
  if (evaluatedOn === "test" && sets.val && (await foldersIn(`${path}/${name}`)).length === 0) {
    throw new DataError(
      `Expected a folder for each class in ${path}/${name} but found none: ` +
        `if its images have no labels, evaluate on ${path}/${sets.val} by --split val`,
    );
  }
  const { train, others, warnings } = await openSets(path, sets, {
    size,
    fit,
    ...decodingOf(options),
    wanted: [evaluatedOn, ...(wanted && validation !== undefined ? ["val" as const] : [])],
  });
  const [test, val] = others;
  return { train, test, evaluatedOn, ...(val ? { validation: val } : {}), warnings };
}

/** Suggests the folder one level below, for archives unpacked into a folder of their own. */
async function folderBelow(path: string): Promise<string> {
  for (const name of await foldersIn(path)) {
    const { train } = await splitFolders(`${path}/${name}`);
    if (train !== undefined) return ` (did you mean ${path}/${name}?)`;
  }
  return "";
}

function expectClassCount(name: string, split: Split, folder: string, classes: number): Split {
  const found = split.train.classNames.length;
  if (found === classes) return split;
  throw new DataError(
    `Expected ${folder} to hold ${name} with ${classes} classes but found ${found}`,
  );
}
