/**
 * Locating the checkpoint of a run.
 *
 * @module
 */
import { CheckpointError } from "../core/errors.ts";
import { expectInput } from "./model_input.ts";
import { checkpointsIn, type Config, readConfig } from "./run_folder.ts";

/** Location of a run's checkpoint, with the run's configuration. */
export interface RunLocation {
  /** The run folder. */
  readonly folder: string;
  /** Path of the checkpoint. */
  readonly file: string;
  /** Content of `config.json`, if it exists. */
  readonly config?: Config;
}

/**
 * Finds the checkpoint of a run.
 *
 * @param path A run folder, whose newest checkpoint is used, or a checkpoint.
 * @returns Its location and configuration.
 * @throws {CheckpointError} If there is no checkpoint, or `input` of the `config.json` is invalid.
 * @throws {UsageError} If the folder's `config.json` is not that of a run.
 */
export async function locateRun(path: string): Promise<RunLocation> {
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
 * Looks up a setting of a run in its `config.json`.
 *
 * @param location The run.
 * @param name Name of the setting.
 * @returns Its value, or `undefined` if it is not recorded.
 */
export function recorded<T>({ config }: RunLocation, name: string): T | undefined {
  return config?.training[name] as T | undefined;
}
