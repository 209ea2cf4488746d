/**
 * Labelling data by the classes of a run, regardless of their order in the data.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { withClassNames } from "../data/class_names.ts";
import type { Split } from "../data/dataset.ts";
import type { Config } from "./run_folder.ts";

/**
 * Relabels data by the class names of a run. Some classes may have no test images.
 *
 * @param folder The run folder; its `summary.json` is the fallback for class names that are not in `config.json`.
 * @param config Its `config.json`.
 * @param data The data.
 * @returns The data with the run's classes; unchanged if the run records neither names nor number of classes.
 * @throws {DataError} If it has a class that the run lacks, or the number of classes differs and the run records no
 * names.
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

/** Reads the class names from the `summary.json` of a finished run. */
async function namesIn(path: string): Promise<string[] | undefined> {
  try {
    const { classNames } = JSON.parse(await Deno.readTextFile(path));
    return Array.isArray(classNames) ? classNames : undefined;
  } catch {
    return undefined;
  }
}
