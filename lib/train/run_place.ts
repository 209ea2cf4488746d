/**
 * Finding what a run has written.
 *
 * @module
 */
import { CheckpointError } from "../core/errors.ts";
import { expectInput } from "./model_input.ts";
import { checkpointsIn, type Config, readConfig } from "./run_folder.ts";

/** Where a run's checkpoint is, and what its folder tells about it. */
export interface RunPlace {
  /** The folder. */
  readonly folder: string;
  /** The checkpoint. */
  readonly file: string;
  /** Its `config.json`, if it has one. */
  readonly config?: Config;
}

/**
 * Finds the checkpoint of a run.
 *
 * @param path A run folder, whose newest checkpoint is taken, or a checkpoint.
 * @returns Where it is.
 * @throws {CheckpointError} If there is no checkpoint, or the run does not tell how its images are prepared though it
 * seems to.
 * @throws {UsageError} If the folder's `config.json` is none of a run.
 */
export async function locateRun(path: string): Promise<RunPlace> {
  const { folder, file } = await locate(path);
  const config = await readConfig(`${folder}/config.json`);
  if (config?.input) expectInput(config.input, `${folder}/config.json`);
  return { folder, file, config };
}

async function locate(path: string): Promise<{ folder: string; file: string }> {
  const found = await Deno.stat(path).catch(() => undefined);
  if (!found) {
    throw new CheckpointError(`Expected a run folder or a checkpoint but found no ${path}`);
  }
  if (found.isFile) return { folder: path.replace(/\/?[^/]*$/, "") || ".", file: path };
  const newest = checkpointsIn(path).at(-1);
  if (newest) return { folder: path, file: `${path}/${newest}` };
  throw new CheckpointError(`Expected a checkpoint in ${path} but found none: train it first`);
}

/**
 * What a run's `config.json` says of its training.
 *
 * @param place The run.
 * @param name Name of the setting.
 * @returns Its value, or `undefined` where it is not told.
 */
export function told<T>({ config }: RunPlace, name: string): T | undefined {
  return config?.training[name] as T | undefined;
}
