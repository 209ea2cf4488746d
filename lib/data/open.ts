/**
 * Opening a folder of data, whatever its layout.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import type { Split } from "./dataset.ts";
import { readPacked } from "./packed.ts";

/**
 * Opens the data in a folder: packed by `deno task data import`.
 *
 * @param folder Path of the folder.
 * @returns Training and test set.
 * @throws {DataError} If the folder holds nothing that can be read.
 */
export async function openData(folder: string): Promise<Split> {
  const holds = async (name: string) =>
    await Deno.stat(`${folder}/${name}`).then(() => true, () => false);
  if (await holds("train.pack") && await holds("test.pack")) {
    return {
      train: await readPacked(`${folder}/train.pack`),
      test: await readPacked(`${folder}/test.pack`),
    };
  }
  throw new DataError(
    `Expected ${folder} to hold train.pack and test.pack: make them with \`deno task data import\``,
  );
}
