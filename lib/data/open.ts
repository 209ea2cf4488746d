/**
 * Opening a folder of data, whatever its layout.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { findCifar } from "./cifar/mod.ts";
import type { Split } from "./dataset.ts";
import { imageFolder } from "./image_folder.ts";
import { imageList } from "./image_list.ts";
import { readPacked } from "./packed.ts";

/** Options of {@linkcode openData}. */
export interface OpenOptions {
  /**
   * Height and width that images on disk are resized to.
   *
   * @default {32}
   */
  readonly size?: number;
}

/**
 * Opens the data in a folder: packed by `deno task data import`; CIFAR's official files or archives; image
 * folders `train/<class>/` and `test/<class>/` (or `val/`); or lists `train.txt` and `test.txt` (or `val.txt`).
 *
 * @param folder Path of the folder, or of a CIFAR archive.
 * @param options Size of images on disk.
 * @returns Training and test set.
 * @throws {DataError} If the folder holds nothing of that, or what it holds cannot be read.
 */
export async function openData(folder: string, { size = 32 }: OpenOptions = {}): Promise<Split> {
  const holds = async (name: string) =>
    await Deno.stat(`${folder}/${name}`).then(() => true, () => false);
  if (await holds("train.pack") && await holds("test.pack")) {
    return {
      train: await readPacked(`${folder}/train.pack`),
      test: await readPacked(`${folder}/test.pack`),
    };
  }
  const cifar = await findCifar(folder);
  if (cifar) return cifar;
  for (const test of ["test", "val"]) {
    if (await holds("train") && await holds(test)) {
      return {
        train: await imageFolder(`${folder}/train`, { size }),
        test: await imageFolder(`${folder}/${test}`, { size }),
      };
    }
    if (await holds("train.txt") && await holds(`${test}.txt`)) {
      const train = await imageList(`${folder}/train.txt`, { size });
      const { classNames } = train;
      return { train, test: await imageList(`${folder}/${test}.txt`, { size, classNames }) };
    }
  }
  throw new DataError(
    `Expected ${folder} to hold train.pack and test.pack, an archive of CIFAR, the folders train and ` +
      `test, or train.txt and test.txt, but found none of them`,
  );
}
