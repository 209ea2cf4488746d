/**
 * What a run has to be to be analysed.
 *
 * @module
 */
import { CheckpointError, DataError, UsageError } from "../../core/errors.ts";
import { classCounts } from "../../data/dataset.ts";
import type { OpenedRun } from "../../train/open_run.ts";
import { readConfig } from "../../train/run_folder.ts";

/**
 * Checks that a path is that of a folder.
 *
 * @param path A run folder.
 * @throws {CheckpointError} If it is a file.
 */
export async function expectRunFolder(path: string): Promise<void> {
  const found = await Deno.stat(path).catch(() => undefined);
  if (!found?.isFile) return;
  throw new CheckpointError(
    `Expected a run folder but found the file ${path}: name the folder that it lies in`,
  );
}

/**
 * Checks that only a run on the built-in images is analysed with them.
 *
 * @param path A run folder.
 * @param folder Folder of the data, or `builtin`.
 * @throws {UsageError} If it is a run on other images.
 */
export async function expectBuiltin(path: string, folder: string | undefined): Promise<void> {
  if (folder !== "builtin") return;
  const recipe = (await readConfig(`${path}/config.json`))?.training.recipe;
  if (typeof recipe === "string" && !recipe.startsWith("builtin/")) {
    throw new UsageError(
      `Expected the data of ${path}, a run of ${recipe}, but found "builtin": ` +
        `name the folder of its images`,
    );
  }
}

/**
 * Checks that a run is analysed with the data that it was trained on. The same number of classes is not enough: groups
 * and rare classes go by the training images.
 *
 * @param path A run folder.
 * @param run The run, opened with the data.
 * @throws {DataError} If classes have other numbers of images.
 */
export function expectOwnData(path: string, { counts, data }: OpenedRun): void {
  const found = classCounts(data.train);
  if (`${found}` === `${counts}`) return;
  throw new DataError(
    `Expected the data that ${path} was trained on, with ${counts.join(", ")} training images ` +
      `of its classes, but found ${data.train.name} with ${found.join(", ")}`,
  );
}
