/**
 * The classes that a run was trained with, by which data is labelled whatever order it has them in.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { withClassNames } from "../data/class_names.ts";
import type { Split } from "../data/dataset.ts";
import type { Config } from "./run_folder.ts";

/**
 * Labels data by the class names of a run. Test images of some classes may be missing.
 *
 * @param folder The run's folder; `summary.json` names the classes where `config.json` does not.
 * @param config Its `config.json`.
 * @param data The data.
 * @returns The data with the run's classes; as it is where the run tells neither their names nor their number.
 * @throws {DataError} If it has a class that the run has not, or their number differs and the run tells no names.
 */
export async function withRunClasses(
  folder: string,
  config: Config | undefined,
  data: Split,
): Promise<Split> {
  const names = config?.classNames ?? await namesIn(`${folder}/summary.json`);
  if (names) {
    const whose = `the run in ${folder}`;
    return {
      ...data,
      train: withClassNames(data.train, names, whose),
      test: withClassNames(data.test, names, whose),
    };
  }
  const trained = (config?.training.counts as unknown[] | undefined)?.length;
  const { classNames, name } = data.train;
  if (trained === undefined || trained === classNames.length) return data;
  throw new DataError(
    `Expected the ${trained} classes of the run in ${folder} but found ${classNames.length} ` +
      `in ${name}: name the folder of the data that it was trained on`,
  );
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
