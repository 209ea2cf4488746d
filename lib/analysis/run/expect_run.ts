/**
 * Preconditions of analysing a run.
 *
 * @module
 */
import { CheckpointError, DataError, UsageError } from "../../core/errors.ts";
import { classCounts } from "../../data/dataset.ts";
import type { OpenedRun } from "../../runs/open_run.ts";
import { readConfig } from "../../runs/run_folder.ts";

/**
 * Checks that a path is not a file.
 *
 * @param path The run folder.
 * @throws {CheckpointError} If the path is a file.
 */
export async function expectRunFolder(path: string): Promise<void> {
  const found = await Deno.stat(path).catch(() => undefined);
  if (!found?.isFile) return;
  throw new CheckpointError(
    `Expected a run folder but found the file ${path}: name the folder that contains it`,
  );
}

/**
 * Checks that the built-in images are used only for runs trained on them.
 *
 * @param path The run folder.
 * @param folder Folder of the data, or `builtin`.
 * @throws {UsageError} If `folder` is `builtin` but the run was trained on other images.
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
 * Checks that a run is analysed with the data that it was trained on. An equal number of classes is not enough: groups
 * and rare classes depend on the training counts.
 *
 * @param path The run folder.
 * @param run The run, opened with the data to check.
 * @throws {DataError} If the training counts differ.
 */
export function expectOwnData(path: string, { counts, data }: OpenedRun): void {
  const found = classCounts(data.train);
  if (`${found}` === `${counts}`) return;
  throw new DataError(
    `Expected the data that ${path} was trained on, with ${counts.join(", ")} training images ` +
      `of its classes, but found ${data.train.name} with ${found.join(", ")}`,
  );
}
