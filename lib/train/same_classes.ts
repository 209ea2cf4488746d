/**
 * Telling whether data has the classes that a run was trained with.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import type { ImageDataset } from "../data/dataset.ts";
import type { Config } from "./run_folder.ts";

/**
 * Checks that data has the classes of a run, as far as the run tells them.
 *
 * @param folder The run's folder; `summary.json` names the classes.
 * @param training Settings in its `config.json`, which count them.
 * @param data The data.
 * @throws {DataError} If their number or a name differs.
 */
export async function expectSameClasses(
  folder: string,
  training: Config["training"] | undefined,
  { classNames, name }: Pick<ImageDataset, "classNames" | "name">,
): Promise<void> {
  const names = await namesIn(`${folder}/summary.json`);
  const trained = names?.length ?? (training?.counts as unknown[] | undefined)?.length;
  const advice = "name the folder of the data that it was trained on";
  if (trained !== undefined && trained !== classNames.length) {
    throw new DataError(
      `Expected the ${trained} classes of the run in ${folder} but found ${classNames.length} ` +
        `in ${name}: ${advice}`,
    );
  }
  const place = names?.findIndex((known, label) => known !== classNames[label]) ?? -1;
  if (place >= 0) {
    throw new DataError(
      `Expected the classes of the run in ${folder}, of which number ${place} is ` +
        `"${names![place]}", but found "${classNames[place]}" in ${name}: ${advice}`,
    );
  }
}

/** Names of the classes, where a run has finished and told them. */
async function namesIn(path: string): Promise<string[] | undefined> {
  try {
    const { classNames } = JSON.parse(await Deno.readTextFile(path));
    return Array.isArray(classNames) ? classNames : undefined;
  } catch {
    return undefined;
  }
}
