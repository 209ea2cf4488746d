/**
 * Images to classify: files, folders and lists, with or without labels.
 *
 * @module
 */
import { dirname } from "node:path";
import { didYouMean } from "../core/did_you_mean.ts";
import { DataError } from "../core/errors.ts";
import { normalName } from "./class_names.ts";
import { describeSkipped } from "./files/skipped_content.ts";
import { walkImages } from "./files/walk.ts";
import { readUnlabelled } from "./lists/unlabelled.ts";
import { isList, openTestList } from "./open_lists.ts";
import { pathAt, type PathTable, pathTable } from "./paths.ts";

/** Label of an image of unknown class. */
export const UNKNOWN = -1;

/** Images with their labels, if known. */
export interface GivenImages {
  /** Path of each image. */
  readonly paths: PathTable;
  /** Class of each image, or {@linkcode UNKNOWN}. */
  readonly labels: Int32Array;
  /** Files that were not read and folders whose names match no class, one line each. */
  readonly notes: readonly string[];
}

/** Options of {@linkcode givenImages}. */
export interface GivenImagesOptions {
  /**
   * Root folder of relative paths in lists.
   *
   * @default {the folder of each list}
   */
  readonly root?: string;
  /**
   * Label of the first class in lists with numeric labels.
   *
   * @default {0}
   */
  readonly labelsFrom?: number;
}

/** Paths and labels from one file, folder or list. */
interface Source {
  readonly paths: readonly string[];
  readonly labels: readonly number[] | Int32Array;
  readonly notes: readonly string[];
}

/**
 * Finds images to classify. Folders are searched at any depth; an image's class is the name of the top-level subfolder,
 * if it matches a class. Lists may have labels.
 *
 * @param inputs Paths of images, folders of images, and lists (`.txt`, `.csv`, `.tsv`, or annotations in `.json`).
 * @param classNames Name of each class.
 * @param options Root folder and first label of lists.
 * @returns The images in the order of the inputs; those of a folder are sorted by path.
 * @throws {DataError} If an input is missing or contains no image, or a list has an unknown class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * for (const name of ["heron", "more"]) {
 *   await Deno.mkdir(`${folder}/${name}`);
 *   await Deno.writeTextFile(`${folder}/${name}/1.jpg`, "");
 * }
 * const { labels } = await givenImages([folder], ["heron", "stork"]);
 * assertEquals([...labels], [0, -1]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function givenImages(
  inputs: readonly string[],
  classNames: readonly string[],
  options: GivenImagesOptions = {},
): Promise<GivenImages> {
  if (inputs.length === 0) {
    throw new DataError("Expected images, folders of images or lists but found none");
  }
  const sources: Source[] = [];
  for (const input of inputs) sources.push(await sourceAt(input, classNames, options));
  return {
    paths: pathTable(sources.flatMap(({ paths }) => paths)),
    labels: Int32Array.from(sources.flatMap(({ labels }) => [...labels])),
    notes: sources.flatMap(({ notes }) => notes),
  };
}

async function sourceAt(
  path: string,
  classNames: readonly string[],
  options: GivenImagesOptions,
): Promise<Source> {
  let stat: Deno.FileInfo;
  try {
    stat = await Deno.stat(path);
  } catch (cause) {
    throw new DataError(
      `Expected an image, a folder or a list at ${path} but could not read it: ${
        (cause as Error).message
      }`,
      { cause },
    );
  }
  if (stat.isDirectory) return folder(path, classNames);
  if (isList(path)) return await list(path, classNames, options);
  return { paths: [path], labels: [UNKNOWN], notes: [] };
}

function folder(path: string, classNames: readonly string[]): Source {
  const { paths, skipped } = walkImages(path);
  const besides = skipped.length === 0 ? undefined : describeSkipped(skipped);
  if (paths.length === 0) {
    throw new DataError(
      `Expected images in ${path} but found none${besides ? ` besides ${besides}` : ""}`,
    );
  }
  const known = new Map(classNames.map((name, label) => [normalName(name), label]));
  const strangers = new Map<string, number>();
  const labels = paths.map((path) => {
    const slash = path.indexOf("/");
    if (slash < 0) return UNKNOWN;
    const name = path.slice(0, slash), label = known.get(normalName(name));
    if (label === undefined) strangers.set(name, (strangers.get(name) ?? 0) + 1);
    return label ?? UNKNOWN;
  });
  const notes = besides ? [`not read in ${path}: ${besides}`] : [];
  // If no folder name matches a class, folder names are not labels.
  const labelled = labels.some((label) => label !== UNKNOWN);
  for (const [name, count] of labelled ? strangers : []) {
    notes.push(
      `${path}/${name}: no class has this name${didYouMean(name, classNames)}, ` +
        `so the class of ${count} ${count === 1 ? "image" : "images"} is not known`,
    );
  }
  return { paths: paths.map((name) => `${path.replace(/\/+$/, "")}/${name}`), labels, notes };
}

async function list(
  file: string,
  classNames: readonly string[],
  { root, labelsFrom }: GivenImagesOptions,
): Promise<Source> {
  const unlabelled = /\.json$/i.test(file) ? undefined : await readUnlabelled(file);
  if (unlabelled?.length === 0) throw new DataError(`Expected images in ${file} but found none`);
  if (unlabelled) {
    const table = pathTable(unlabelled, root ?? dirname(file));
    return { ...every(table), labels: unlabelled.map(() => UNKNOWN) };
  }
  const { images, labels } = await openTestList(file, { classNames }, { root, labelsFrom });
  if (images.kind !== "files") throw new TypeError("Expected a list to name files");
  return { ...every(images.paths), labels };
}

function every(table: PathTable): Pick<Source, "paths" | "notes"> {
  return { paths: Array.from(table.starts, (_, image) => pathAt(table, image)), notes: [] };
}
