/**
 * Opening data, by its folder or by its name, whatever its layout.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { DataError } from "../core/errors.ts";
import { exists } from "../core/exists.ts";
import { imageAnnotations } from "./annotations.ts";
import { CLASSES } from "./cifar/layouts.ts";
import { type CifarName, findCifar } from "./cifar/mod.ts";
import type { Fit, ImageDataset, Split } from "./dataset.ts";
import { imageFolder } from "./image_folder.ts";
import { imageList, type ImageListOptions } from "./image_list.ts";
import { type FolderName, FOLDERS, type ListedName, OFFICIAL, OWN_LISTS } from "./official.ts";
import { readPacked } from "./packed.ts";

/** Options of {@linkcode openData}. */
export interface OpenOptions {
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
 * folders `train/<class>/` and `test/<class>/` (or `val/`); lists `train.txt` and `test.txt` (or `val.txt`); or the
 * official lists of ImageNet-LT, iNaturalist 2018 or Places-LT. A training list is taken, too.
 *
 * @param path Path of the folder, of a CIFAR archive, or of a training list (`.txt`, or annotations in `.json`).
 * @param options Size of images on disk, folder that paths begin in, list to evaluate on.
 * @returns Training and test set.
 * @throws {DataError} If the folder holds nothing of that, or what it holds cannot be read.
 */
export async function openData(path: string, options: OpenOptions = {}): Promise<Split> {
  if (/\.(txt|json)$/i.test(path)) {
    return await openLists(path, options.test ?? await partner(path), options);
  }
  if (await exists(`${path}/train.pack`) && await exists(`${path}/test.pack`)) {
    return {
      train: await readPacked(`${path}/train.pack`),
      test: await readPacked(`${path}/test.pack`),
    };
  }
  const cifar = await findCifar(path);
  if (cifar) return cifar;
  const own = await findLists(path, OWN_LISTS);
  if (own) return await openLists(own[0], options.test ?? own[1], options);
  const found: [name: string, train: string, test: string][] = [];
  for (const [name, { lists }] of Object.entries(OFFICIAL)) {
    const pair = await findLists(path, lists);
    if (pair) found.push([name, ...pair]);
  }
  if (found.length > 1) {
    throw new DataError(
      `Expected ${path} to hold the lists of one data set but found those of ${
        found.map(([name]) => name).join(" and ")
      }: name the training list`,
    );
  }
  // Lists come before folders: the official layouts have folders of the same names beside them.
  if (found.length === 1) {
    const [[, train, test]] = found;
    return await openLists(train, options.test ?? test, options);
  }
  const folders = await openFolders(path, options);
  if (folders) return folders;
  throw new DataError(
    `Expected ${path} to hold train.pack and test.pack, an archive of CIFAR, the folders train and ` +
      `test, train.txt and test.txt, or the lists of ImageNet-LT, iNaturalist 2018 or Places-LT, ` +
      `but found none of them`,
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
    const split = await openFolders(folder, onDisk);
    if (split) return expectClasses(name, split, folder, FOLDERS[name as FolderName]);
    throw new DataError(
      `Expected ${folder} to hold train and val, with a folder of images for each class of ${name}, ` +
        `but found none`,
    );
  }
  if (!Object.hasOwn(OFFICIAL, name)) {
    const known = [CLASSES, OFFICIAL, FOLDERS].flatMap(Object.keys);
    throw new RangeError(
      `Expected a data set of ${known.join(", ")} but found "${name}"${didYouMean(name, known)}`,
    );
  }
  const { classes, lists } = OFFICIAL[name as ListedName];
  const pair = await findLists(folder, lists);
  if (!pair) {
    const wanted = lists.map(([train, test]) => `${train} with ${test}`).join(", or ");
    throw new DataError(`Expected ${folder} to hold ${wanted} but found none of them`);
  }
  const split = await openLists(pair[0], options.test ?? pair[1], onDisk);
  return expectClasses(name, split, folder, classes);
}

/**
 * Reads a list by the kind of its file.
 *
 * @param file A list of `path label`, or annotations in `.json`.
 * @param options Folder, class names, size, checks.
 * @returns The data set.
 * @throws {DataError} If it cannot be read.
 */
export async function openList(file: string, options: ImageListOptions): Promise<ImageDataset> {
  return await (/\.json$/i.test(file) ? imageAnnotations : imageList)(file, options);
}

/** Folders of images, one for each class, in `train` and in `test` or `val`. */
async function openFolders(
  folder: string,
  { size = 32, fit, root, test: list }: OpenOptions,
): Promise<Split | undefined> {
  if (!await exists(`${folder}/train`)) return undefined;
  for (const test of ["test", "val"]) {
    if (!await exists(`${folder}/${test}`)) continue;
    const useless = Object.entries({ root, test: list }).find(([, value]) => value !== undefined);
    if (useless) {
      throw new DataError(
        `Expected no ${useless[0]} for ${folder}, whose images lie in train and ${test}, ` +
          `but found ${useless[1]}: name a list`,
      );
    }
    return {
      train: await imageFolder(`${folder}/train`, { size, fit }),
      test: await imageFolder(`${folder}/${test}`, { size, fit }),
    };
  }
  return undefined;
}

async function openLists(
  trainList: string,
  testList: string,
  { size = 32, fit, root, checkFiles }: OpenOptions,
): Promise<Split> {
  const train = await openList(trainList, { size, fit, root, checkFiles });
  const { classNames } = train;
  const test = await openList(testList, { size, fit, root, checkFiles, classNames });
  return { train, test };
}

/** The list that belongs to a training list. */
async function partner(train: string): Promise<string> {
  const name = train.replace(/^.*[/\\]/, ""), folder = train.slice(0, train.length - name.length);
  for (const test of ["test", "val"]) {
    const other = folder + name.replace("train", test);
    if (other !== train && await exists(other)) return other;
  }
  throw new DataError(
    `Expected a list to evaluate on beside ${train}, named as it with test or val for train, ` +
      `but found none: name one`,
  );
}

async function findLists(
  folder: string,
  lists: readonly (readonly [train: string, test: string])[],
): Promise<[train: string, test: string] | undefined> {
  for (const [train, test] of lists) {
    if (await exists(`${folder}/${train}`) && await exists(`${folder}/${test}`)) {
      return [`${folder}/${train}`, `${folder}/${test}`];
    }
  }
  return undefined;
}

function expectClasses(name: string, split: Split, folder: string, classes: number): Split {
  const found = split.train.classNames.length;
  if (found === classes) return split;
  throw new DataError(
    `Expected ${folder} to hold ${name} with ${classes} classes but found ${found}`,
  );
}
