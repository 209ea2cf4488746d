/**
 * Importing folders of images: decoded once, packed in one file for each set.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { exists } from "../core/exists.ts";
import { commonSize } from "./common_size.ts";
import type { EvaluationSet, ImageDataset, Split } from "./dataset.ts";
import { leftOutLines } from "./files/left_out_lines.ts";
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
   * @default {those that all images have}
   */
  size?: number;
  /**
   * Leaves damaged images out instead of stopping.
   *
   * @default {false}
   */
  skipBad?: boolean;
  /**
   * Bytes of memory, half of which the images may take.
   *
   * @default {the machine's}
   */
  memory?: number;
  /** Called after each image with the set, the number done and the number of all. */
  onProgress?: (set: string, done: number, all: number) => void;
}

const EVALUATION_SETS: readonly EvaluationSet[] = ["test", "val"];

/** What {@linkcode importFolder} has packed. */
export interface ImportedFolder {
  /** Training and test set; the validation set where there is no test set. */
  readonly split: Split;
  /** Number of images of each set that was packed, by its name. */
  readonly images: Readonly<Record<string, number>>;
  /** One line for each damaged image left out. */
  readonly skipped: readonly string[];
  /** One line for each folder that holds more than images, or no classes. */
  readonly notRead: readonly string[];
}

/**
 * Imports `<folder>/train/<class>/`, `<folder>/test/<class>/` and `<folder>/val/<class>/` into `<out>/train.pack`,
 * `<out>/test.pack` and `<out>/val.pack`; one of the last two is enough. The classes of the training set decide, of
 * which the other sets may lack some.
 *
 * @param folder Folder of the images.
 * @param out Folder of the packed files; made if it is missing.
 * @param options Size, damaged images, progress.
 * @returns The data, and what was left out.
 * @throws {DataError} If a set is missing, a class is none of the training set's, an image is damaged, images differ
 * in size and none is given, or they would take more than half of the machine's memory.
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
  // The training set comes last: without it the folder is no data set.
  for (const [i, { set }] of [...listed.entries()].reverse()) {
    await writePacked(`${out}/${set}.pack`, packed[i]);
  }
  return {
    split: { train: packed[0], test: packed[1], evaluatedOn, warnings },
    images: Object.fromEntries(listed.map(({ set }, i) => [set, packed[i].labels.length])),
    skipped,
    notRead: [
      ...leftOutLines(datasets),
      ...unlabelled
        .map((set) => `not read: ${folder}/${found[set]}, which has no folder for each class`),
    ],
  };
}

/** The sets to evaluate on, and those beside them that have no classes. */
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
  // One is enough; where none has classes, the error is about the first.
  return wanted.length > 0 ? { wanted, unlabelled } : { wanted: unlabelled, unlabelled: [] };
}

/** Refuses a folder with a set that would be taken for one of this import. */
async function expectNoOthers(
  folder: string,
  out: string,
  wanted: readonly EvaluationSet[],
): Promise<void> {
  for (const set of EVALUATION_SETS) {
    if (wanted.includes(set) || !await exists(`${out}/${set}.pack`)) continue;
    throw new DataError(
      `Expected ${out} to hold no other sets than those of ${folder} but found ${set}.pack: ` +
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
