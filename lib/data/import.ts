/**
 * Importing folders of images: decoded once, packed in one file for each set.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import type { Split } from "./dataset.ts";
import { leftOutLines } from "./files/left_out_lines.ts";
import { imageFolder } from "./image_folder.ts";
import { loadImages } from "./load_images.ts";
import { writePacked } from "./packed.ts";

/** Options of {@linkcode importFolder}. */
export interface ImportOptions {
  /**
   * Height and width of every image.
   *
   * @default {those of the first training image}
   */
  size?: number;
  /**
   * Leaves damaged images out instead of stopping.
   *
   * @default {false}
   */
  skipBad?: boolean;
  /** Called after each image with the set, the number done and the number of all. */
  onProgress?: (set: string, done: number, all: number) => void;
}

/**
 * Imports `<folder>/train/<class>/` and `<folder>/test/<class>/` into `<out>/train.pack` and `<out>/test.pack`.
 *
 * @param folder Folder of the images.
 * @param out Folder of the packed files; made if it is missing.
 * @param options Size, damaged images, progress.
 * @returns The data, one line for each damaged image left out, and one for each folder that holds more than images.
 * @throws {DataError} If a set is missing, the classes differ, or an image is damaged.
 */
export async function importFolder(
  folder: string,
  out: string,
  options: ImportOptions = {},
): Promise<{ split: Split; skipped: string[]; notRead: string[] }> {
  const { skipBad, onProgress } = options;
  const listed = {
    train: await imageFolder(`${folder}/train`),
    test: await imageFolder(`${folder}/test`),
  };
  const [one, other] = [listed.train.classNames, listed.test.classNames];
  if (`${one}` !== `${other}`) {
    const apart = [...one, ...other].filter((name) => !one.includes(name) || !other.includes(name));
    throw new DataError(
      `Expected the same classes in ${folder}/train and ${folder}/test but found apart: ${
        apart.slice(0, 5).join(", ")
      }`,
    );
  }
  const load = (set: "train" | "test", size?: number) =>
    loadImages(listed[set], {
      size,
      skipBad,
      onProgress: onProgress && ((done, all) => onProgress(set, done, all)),
    });
  const train = await load("train", options.size);
  const test = await load("test", train.dataset.shape[0]);
  const name = folder.replace(/\/+$/, "").split("/").pop() ?? folder;
  const { mean, std } = train.dataset;
  const split = {
    train: { ...train.dataset, name },
    test: { ...test.dataset, name: `${name} (test)`, mean, std },
  };
  try {
    await Deno.mkdir(out, { recursive: true });
  } catch (cause) {
    throw new DataError(`Expected to write to ${out} but failed: ${(cause as Error).message}`, {
      cause,
    });
  }
  await writePacked(`${out}/test.pack`, split.test);
  await writePacked(`${out}/train.pack`, split.train);
  const notRead = leftOutLines([listed.train, listed.test]);
  return { split, skipped: [...train.skipped, ...test.skipped], notRead };
}
