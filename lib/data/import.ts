/**
 * Imports folders of images: decodes them once and packs each set into one file.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { exists } from "../core/exists.ts";
import { commonSize } from "./common_size.ts";
import type { EvaluationSet, ImageDataset, Split } from "./dataset.ts";
import { datasetDigest, sha256 } from "./digest.ts";
import { describeAllSkipped } from "./files/describe_skipped.ts";
import { type Decoding, decodingOf } from "./images/image.ts";
import { loadImages } from "./load_images.ts";
import { expectRoom } from "./memory.ts";
import { writePacked } from "./packed.ts";
import { type FoundSets, noSuchSet } from "./sets.ts";
import { foldersIn, openSets, splitFolders } from "./split_folders.ts";

/** Options of {@linkcode importFolder}. */
export interface ImportOptions extends Decoding {
  /**
   * Height and width of every image.
   *
   * @default {the size of the images, which must all be equal}
   */
  size?: number;
  /**
   * Skips corrupt images instead of throwing.
   *
   * @default {false}
   */
  skipBad?: boolean;
  /**
   * Memory size in bytes; pixels may take up to half of it.
   *
   * @default {memory of the machine}
   */
  memory?: number;
  /** Called after each image with the name of the set, the number of images done and the total. */
  onProgress?: (set: string, done: number, all: number) => void;
}

const EVALUATION_SETS: readonly EvaluationSet[] = ["test", "val"];

/** Result of {@linkcode importFolder}. */
export interface ImportedFolder {
  /** Training and test set; the validation set if there is no test set. */
  readonly split: Split;
  /** Number of packed images of each set. */
  readonly images: Readonly<Record<string, number>>;
  /** One line for each corrupt image that was skipped. */
  readonly skipped: readonly string[];
  /** One line for each folder with other content than images, or without classes. */
  readonly skippedFiles: readonly string[];
}

/**
 * Imports `<folder>/train/<class>/`, `<folder>/test/<class>/` and `<folder>/val/<class>/` into `<out>/train.pack`,
 * `<out>/test.pack` and `<out>/val.pack`; at least one of the last two is required. The classes are those of the
 * training set; the other sets may lack some of them.
 *
 * @param folder Root folder of the images.
 * @param out Output folder of the packed files; created if it does not exist.
 * @param options Size, corrupt images, progress.
 * @returns The data sets, and what was skipped.
 * @throws {DataError} If a set is missing, a class is not in the training set, an image is corrupt, images differ in
 * size and no size is given, or the pixels would take more than half of the memory.
 */
export async function importFolder(
  folder: string,
  out: string,
  { size, skipBad, onProgress, memory, ...options }: ImportOptions = {},
): Promise<ImportedFolder> {
  const found = await splitFolders(folder);
  if (found.train === undefined) {
    throw new DataError(
      `Expected a folder of images at ${folder}/train, with a folder for each class, but found none`,
    );
  }
  const { wanted, unlabelled } = await evaluationSetsIn(folder, found);
  const [evaluatedOn] = wanted;
  if (!evaluatedOn) throw noSuchSet(folder, found);
  await expectNoOthers(folder, out, wanted);
  const { train, others, warnings } = await openSets(folder, found, {
    ...decodingOf(options),
    wanted,
  });
  const listed = [
    { set: "train", dataset: train },
    ...others.map((dataset, i) => ({ set: wanted[i], dataset })),
  ];
  const datasets = listed.map(({ dataset }) => dataset);
  const { height, width } = size === undefined
    ? await commonSize(folder, datasets) ?? { height: 0, width: 0 }
    : { height: size, width: size };
  const count = datasets.reduce((sum, { labels }) => sum + labels.length, 0);
  expectRoom(3 * count * height * width, `${count} images of ${width} × ${height} pixels`, memory);
  const name = folder.replace(/\/+$/, "").split("/").pop() ?? folder;
  const skipped: string[] = [], packed: ImageDataset[] = [];
  for (const { set, dataset } of listed) {
    const loaded = await loadImages(dataset, {
      size,
      skipBad,
      onProgress: onProgress && ((done, all) => onProgress(set, done, all)),
    });
    skipped.push(...loaded.skipped);
    const { mean, std } = packed[0] ?? loaded.dataset;
    const label = set === "train" ? name : `${name} (${set})`;
    packed.push({ ...loaded.dataset, name: label, mean, std });
  }
  await makeFolder(out);
  // The same for the same images, so that importing again changes nothing.
  const importId = sha256(...await Promise.all(packed.map(datasetDigest)));
  // The training set is written last: a folder without it is not recognised as a data set.
  for (const [i, { set }] of [...listed.entries()].reverse()) {
    await writePacked(`${out}/${set}.pack`, { ...packed[i], importId });
  }
  return {
    split: { train: packed[0], test: packed[1], evaluatedOn, warnings },
    images: Object.fromEntries(listed.map(({ set }, i) => [set, packed[i].labels.length])),
    skipped,
    skippedFiles: [
      ...describeAllSkipped(datasets),
      ...unlabelled
        .map((set) => `not read: ${folder}/${found[set]}, which has no folder for each class`),
    ],
  };
}

/** Returns the evaluation sets with class folders, and those without. */
async function evaluationSetsIn(
  folder: string,
  found: FoundSets,
): Promise<Record<"wanted" | "unlabelled", readonly EvaluationSet[]>> {
  const wanted: EvaluationSet[] = [], unlabelled: EvaluationSet[] = [];
  for (const set of EVALUATION_SETS) {
    if (found[set] === undefined) continue;
    const classes = await foldersIn(`${folder}/${found[set]}`);
    (classes.length > 0 ? wanted : unlabelled).push(set);
  }
  // One set suffices; if no set has classes, the error message is about the first.
  return wanted.length > 0 ? { wanted, unlabelled } : { wanted: unlabelled, unlabelled: [] };
}

/** Throws if the output folder contains a set that does not belong to this import. */
async function expectNoOthers(
  folder: string,
  out: string,
  requested: readonly EvaluationSet[],
): Promise<void> {
  for (const set of EVALUATION_SETS) {
    if (requested.includes(set) || !await exists(`${out}/${set}.pack`)) continue;
    throw new DataError(
      `Expected ${out} to contain only sets of ${folder} but found ${set}.pack: ` +
        `remove it, or write to another folder`,
    );
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (cause) {
    throw new DataError(`Expected to write to ${path} but failed: ${(cause as Error).message}`, {
      cause,
    });
  }
}
