/**
 * Importing folders of images: decoded once, packed in one file for each set.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { exists } from "../core/exists.ts";
import { commonSize } from "./common_size.ts";
import type { ImageDataset, Split } from "./dataset.ts";
import { leftOutLines } from "./files/left_out_lines.ts";
import { type Decoding, decodingOf } from "./images/image.ts";
import { loadImages } from "./load_images.ts";
import { expectRoom } from "./memory.ts";
import { writePacked } from "./packed.ts";
import { noSuchSet } from "./sets.ts";
import { openSets, splitFolders } from "./split_folders.ts";

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

/** What {@linkcode importFolder} has packed. */
export interface ImportedFolder {
  /** Training and test set; the validation set where there is no test set. */
  readonly split: Split;
  /** Number of images of each set that was packed, by its name. */
  readonly images: Readonly<Record<string, number>>;
  /** One line for each damaged image left out. */
  readonly skipped: readonly string[];
  /** One line for each folder that holds more than images. */
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
  const wanted = (["test", "val"] as const).filter((set) => found[set] !== undefined);
  const [evaluatedOn] = wanted;
  if (!evaluatedOn) throw noSuchSet(folder, found);
  const other = (["test", "val"] as const).find((set) => found[set] === undefined);
  if (other && await exists(`${out}/${other}.pack`)) {
    throw new DataError(
      `Expected ${out} to hold no other sets than those of ${folder} but found ${other}.pack: ` +
        `remove it, or write to another folder`,
    );
  }
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
  try {
    await Deno.mkdir(out, { recursive: true });
  } catch (cause) {
    throw new DataError(`Expected to write to ${out} but failed: ${(cause as Error).message}`, {
      cause,
    });
  }
  // The training set comes last: without it the folder is no data set.
  for (const [i, { set }] of [...listed.entries()].reverse()) {
    await writePacked(`${out}/${set}.pack`, packed[i]);
  }
  return {
    split: { train: packed[0], test: packed[1], evaluatedOn, warnings },
    images: Object.fromEntries(listed.map(({ set }, i) => [set, packed[i].labels.length])),
    skipped,
    notRead: leftOutLines(datasets),
  };
}
