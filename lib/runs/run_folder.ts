/**
 * The folder of a run, with `config.json`, checkpoints and `summary.json`; it also contains the logs.
 *
 * @module
 */
import { expectStep } from "../checkpoints/expect_step.ts";
import { removeOld } from "./remove_old.ts";
import { expectSameTraining, type TrainingDescription } from "./same_training.ts";
import { removeLeftOvers } from "../core/left_overs.ts";
import { DamagedCheckpointError, UsageError } from "../core/errors.ts";
import { exists } from "../core/exists.ts";
import {
  type Checkpoint,
  type Expected,
  loadCheckpoint,
  saveCheckpoint,
} from "../checkpoints/checkpoint.ts";
import { lockFolder } from "../core/lock_folder.ts";
import type { ModelInput } from "./model_input.ts";
import type { Summary } from "./result.ts";
import type { Settings } from "../settings/table.ts";
import { writeAtomically } from "../core/write_atomically.ts";

/** Content of `config.json`. */
export interface Config {
  /** Settings that determine the result; a resumed run must have the same. */
  readonly training: TrainingDescription;
  /** Versions of the library and its dependencies. */
  readonly versions: Readonly<Record<string, string>>;
  /** Backend and device. */
  readonly engine: Readonly<Record<string, string>>;
  /** Processor, memory and platform that it was started on; missing in runs of earlier versions. */
  readonly machine?: string;
  /** Requested settings, as in a config file; missing in runs of earlier versions. */
  readonly settings?: Settings;
  /**
   * Names of options that cannot be expressed as settings, so that the run cannot be repeated from its settings alone.
   */
  readonly pieces?: readonly string[];
  /** Name of each class, in the order of the labels; missing in runs of earlier versions. */
  readonly classNames?: readonly string[];
  /** Preprocessing of images; missing in runs of earlier versions. */
  readonly input?: ModelInput;
}

/** The folder of a run, locked against other processes until it is disposed; `Result` is what `summary.json` holds. */
export interface RunFolder<Result = Summary> extends AsyncDisposable {
  /** Path of the folder. */
  readonly path: string;
  /** What `config.json` records of the training: for a resumed run, with the names that the data had at its start. */
  readonly training: TrainingDescription;
  /**
   * Loads the newest intact checkpoint.
   *
   * @param expected Returns what the checkpoint must match, for the index of its stage.
   * @returns The checkpoint, or `undefined` if there is none.
   */
  latest(expected: (stage: number) => Expected): Promise<Checkpoint | undefined>;
  /** Writes a checkpoint, removes all but the newest `keep`, and returns its path. */
  save(checkpoint: Checkpoint): Promise<string>;
  /** Writes `best.safetensors`. */
  keepBest(checkpoint: Checkpoint): Promise<void>;
  /**
   * Replaces `config.json` by that of a longer training and removes `summary.json`, since the run is no longer
   * finished. The description of the data stays, because the checkpoints refer to it.
   */
  lengthen(config: Config): Promise<void>;
  /** Writes `summary.json`. */
  summarise(summary: Result): Promise<void>;
}

/** Options of {@linkcode openRunFolder}. */
export interface RunFolderOptions {
  /** Whether to resume an existing run. */
  readonly resume: boolean;
  /** Number of newest checkpoints to keep. */
  readonly keep: number;
}

/** Lock file, which exists while a process trains. */
const LOCK = "run.lock";
/** File of the network of the best evaluation. */
const BEST = "best.safetensors";
const CHECKPOINT = /^checkpoint-(\d+)\.safetensors$/;
/** What a training writes. */
const WRITTEN =
  /^(checkpoint-\d+\.safetensors|best\.safetensors|config\.json|summary\.json|metrics\.csv)$/;

/**
 * Opens the folder of a run, creating it if needed, locks it, and writes `config.json`. Files of a run that failed
 * before its first checkpoint are overwritten.
 *
 * @param path The folder.
 * @param config Description of the run.
 * @param options Whether to resume an existing run, and the number of checkpoints to keep.
 * @returns The folder.
 * @throws {BusyError} If another process trains in the folder.
 * @throws {UsageError} If the folder contains a run and `resume` is false, or that run has other settings.
 * @throws {CheckpointError} If the folder cannot be written to.
 */
export async function openRunFolder<Result = Summary>(
  path: string,
  config: Config,
  { resume, keep }: RunFolderOptions,
): Promise<RunFolder<Result>> {
  const lock = await lockFolder(path, LOCK, "the run folder");
  let training: TrainingDescription;
  try {
    await removeLeftOvers(path, (name) => WRITTEN.test(name));
    training = await begin(path, config, resume);
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw error;
  }
  return {
    path,
    training,
    [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose](),
    async latest(expected) {
      const names = checkpointsIn(path).reverse();
      for (const [place, name] of names.entries()) {
        try {
          return expectStep(path, name, await loadCheckpoint(`${path}/${name}`, expected));
        } catch (error) {
          // Falls back to the previous checkpoint if this one is damaged, but not if it belongs to another network.
          const damaged = error instanceof DamagedCheckpointError;
          if (!damaged || place === names.length - 1) throw error;
          console.warn(`${error.message}; resuming from ${names[place + 1]}`);
        }
      }
    },
    async save(checkpoint) {
      const file = `${path}/checkpoint-${checkpoint.step}.safetensors`;
      await saveCheckpoint(file, checkpoint);
      for (const name of checkpointsIn(path).slice(0, -keep)) await removeOld(`${path}/${name}`);
      return file;
    },
    keepBest: (checkpoint) => saveCheckpoint(`${path}/${BEST}`, checkpoint),
    async lengthen(config) {
      await Deno.remove(`${path}/summary.json`).catch(() => {});
      const { data, validation } = training;
      await writeConfig(path, { ...config, training: { ...config.training, data, validation } });
    },
    summarise: (summary) =>
      writeAtomically(`${path}/summary.json`, JSON.stringify(summary, null, 2) + "\n"),
  };
}

/**
 * Writes `config.json`, or checks that an existing one has the same settings. Returns what it records of the training.
 */
async function begin(
  path: string,
  config: Config,
  resume: boolean,
): Promise<TrainingDescription> {
  const started = checkpointsIn(path).length > 0 || await exists(`${path}/summary.json`);
  const earlier = started ? await readConfig(`${path}/config.json`) : undefined;
  if (started && !earlier) {
    throw new UsageError(
      `Expected a config.json in ${path}, which holds the checkpoints or the summary of a run, but found none: ` +
        `put it back, or choose another folder`,
    );
  }
  if (earlier && !resume) {
    throw new UsageError(
      `Expected ${path} to hold no run but found one: resume it by --resume, or choose another folder`,
    );
  }
  if (!earlier) {
    await writeConfig(path, config);
    return config.training;
  }
  const { classNames = config.classNames } = earlier;
  expectSameTraining(
    path,
    { ...earlier.training, classNames },
    { ...config.training, classNames: config.classNames },
  );
  return earlier.training;
}

async function writeConfig(path: string, config: Config): Promise<void> {
  await writeAtomically(`${path}/config.json`, JSON.stringify(config, null, 2) + "\n");
}

/**
 * Returns whether a folder contains a checkpoint.
 *
 * @param path Path of the folder, which need not exist.
 * @returns Whether it contains one.
 */
export async function hasCheckpoint(path: string): Promise<boolean> {
  const there = await Deno.stat(path).catch(() => undefined);
  return there?.isDirectory === true && checkpointsIn(path).length > 0;
}

/**
 * Lists the checkpoints in a run folder.
 *
 * @param path The folder.
 * @returns Their names, oldest first.
 */
export function checkpointsIn(path: string): string[] {
  return [...Deno.readDirSync(path)]
    .flatMap(({ name }) => {
      const step = CHECKPOINT.exec(name)?.[1];
      return step === undefined ? [] : [{ name, step: Number(step) }];
    })
    .sort((a, b) => a.step - b.step)
    .map(({ name }) => name);
}

/**
 * Reads the `config.json` of a run.
 *
 * @param path Path of the file.
 * @returns Its content, or `undefined` if the file does not exist.
 * @throws {UsageError} If it cannot be read, or is not the `config.json` of a run.
 */
export async function readConfig(path: string): Promise<Config | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new UsageError(`Expected to read ${path} but failed: ${(error as Error).message}`);
  }
  try {
    const config = JSON.parse(text);
    if (typeof config.training === "object" && config.training) return config;
  } catch { /* reported below */ }
  throw new UsageError(`Expected ${path} to be the config.json of a run but found something else`);
}
