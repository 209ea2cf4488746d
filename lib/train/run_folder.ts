/**
 * The folder of a run: `config.json`, checkpoints, `summary.json`; the logs stand beside them.
 *
 * @module
 */
import { CheckpointError, UsageError } from "../core/errors.ts";
import { exists } from "../core/exists.ts";
import { type Checkpoint, type Expected, loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { lockFolder } from "./lock_folder.ts";
import type { ModelInput } from "./model_input.ts";
import type { Summary } from "./result.ts";
import type { Settings } from "./settings/table.ts";
import { writeWhole } from "./write_whole.ts";

/** What `config.json` holds. */
export interface Config {
  /** What decides the result: a resumed run must agree with it. */
  readonly training: Readonly<Record<string, unknown>>;
  /** Versions of the library and of what it runs on. */
  readonly versions: Readonly<Record<string, string>>;
  /** Backend and device. */
  readonly engine: Readonly<Record<string, string>>;
  /** What was asked for, as a config file has it; missing in runs of earlier versions. */
  readonly settings?: Settings;
  /** Options that only a script can hand over; the run cannot be repeated from its settings alone. */
  readonly pieces?: readonly string[];
  /** Name of each class, in the order of the labels; missing in runs of earlier versions. */
  readonly classNames?: readonly string[];
  /** How images are prepared; missing in runs of earlier versions. */
  readonly input?: ModelInput;
}

/** The folder of a run, locked against other processes until it is disposed of. */
export interface RunFolder extends AsyncDisposable {
  /** Its path. */
  readonly path: string;
  /**
   * Loads the newest whole checkpoint.
   *
   * @param expected What it must fit in the stage that it stands in, by its number.
   * @returns The checkpoint, or `undefined` where there is none.
   */
  latest(expected: (stage: number) => Expected): Promise<Checkpoint | undefined>;
  /** Writes a checkpoint and removes all but the newest; returns its path. */
  save(checkpoint: Checkpoint): Promise<string>;
  /** Writes `best.safetensors`. */
  keepBest(checkpoint: Checkpoint): Promise<void>;
  /** Writes another `config.json`: the run becomes a longer one, and is not finished any more. */
  lengthen(config: Config): Promise<void>;
  /** Writes `summary.json`. */
  summarise(summary: Summary): Promise<void>;
}

/** Options of {@linkcode openRunFolder}. */
export interface RunFolderOptions {
  /** Whether a run that the folder holds is gone on with. */
  readonly resume: boolean;
  /** Number of checkpoints that are kept. */
  readonly keep: number;
}

/** Carries the lock; it is there while a process trains. */
const LOCK = "run.lock";
/** The network of the best evaluation, where it is kept. */
const BEST = "best.safetensors";
const CHECKPOINT = /^checkpoint-(\d+)\.safetensors$/;

/**
 * Opens the folder of a run, making it if needed, locks it, and writes `config.json`. What a run has left that failed
 * before its first checkpoint is written over.
 *
 * @param path The folder.
 * @param config What the run is.
 * @param options Whether to go on with an earlier run, checkpoints to keep.
 * @returns The folder.
 * @throws {BusyError} If another process trains in it.
 * @throws {UsageError} If it holds a run and is not to be resumed, or that run was another one.
 * @throws {CheckpointError} If it cannot be written to.
 */
export async function openRunFolder(
  path: string,
  config: Config,
  { resume, keep }: RunFolderOptions,
): Promise<RunFolder> {
  const lock = await lockFolder(path, LOCK, "the run folder");
  try {
    await begin(path, config, resume);
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw error;
  }
  return {
    path,
    [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose](),
    async latest(expected) {
      const names = checkpointsIn(path).reverse();
      for (const [place, name] of names.entries()) {
        try {
          return await loadCheckpoint(`${path}/${name}`, expected);
        } catch (error) {
          // A damaged one is passed over for the one before; one of another network is not.
          const damaged = error instanceof CheckpointError && error.message.includes("damaged");
          if (!damaged || place === names.length - 1) throw error;
          console.warn(`${error.message}; going on from ${names[place + 1]}`);
        }
      }
    },
    async save(checkpoint) {
      const file = `${path}/checkpoint-${checkpoint.step}.safetensors`;
      await saveCheckpoint(file, checkpoint);
      for (const name of checkpointsIn(path).slice(0, -keep)) await Deno.remove(`${path}/${name}`);
      for await (const { name } of Deno.readDir(path)) {
        // What a killed run was writing.
        if (name.startsWith("checkpoint-") && name.endsWith(".part")) {
          await Deno.remove(`${path}/${name}`);
        }
      }
      return file;
    },
    keepBest: (checkpoint) => saveCheckpoint(`${path}/${BEST}`, checkpoint),
    async lengthen(config) {
      await Deno.remove(`${path}/summary.json`).catch(() => {});
      await writeConfig(path, config);
    },
    summarise: (summary) =>
      writeWhole(`${path}/summary.json`, JSON.stringify(summary, null, 2) + "\n"),
  };
}

/** Writes `config.json`, or checks that it says the same. */
async function begin(path: string, config: Config, resume: boolean): Promise<void> {
  const started = checkpointsIn(path).length > 0 || await exists(`${path}/summary.json`);
  const earlier = started ? await readConfig(`${path}/config.json`) : undefined;
  if (earlier && !resume) {
    throw new UsageError(
      `Expected ${path} to hold no run but found one: go on with it by --resume, or choose another folder`,
    );
  }
  if (earlier) {
    const { classNames = config.classNames } = earlier;
    expectSameTraining(
      path,
      { ...earlier.training, classNames },
      { ...config.training, classNames: config.classNames },
    );
  } else await writeConfig(path, config);
}

async function writeConfig(path: string, config: Config): Promise<void> {
  await writeWhole(`${path}/config.json`, JSON.stringify(config, null, 2) + "\n");
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
 * @returns What it holds, or `undefined` where there is none.
 * @throws {UsageError} If it is no such file.
 */
export async function readConfig(path: string): Promise<Config | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  try {
    const config = JSON.parse(text);
    if (typeof config.training === "object" && config.training) return config;
  } catch { /* reported below */ }
  throw new UsageError(`Expected ${path} to be the config.json of a run but found something else`);
}

/**
 * Compares what a run was trained with and what it should be trained with.
 *
 * @param path Its folder, for the message.
 * @param earlier Settings in its `config.json`.
 * @param now Settings that are wanted.
 * @throws {UsageError} If one differs, naming it.
 */
export function expectSameTraining(
  path: string,
  earlier: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): void {
  const found = difference(JSON.parse(JSON.stringify(earlier)), JSON.parse(JSON.stringify(now)));
  if (!found) return;
  throw new UsageError(
    `Expected ${found.name} to be ${found.before}, as in the run that ${path} holds, but found ` +
      `${found.after}: resume with the same settings, or choose another folder`,
  );
}

/** The first value in which two trees of plain values differ, with its name. */
function difference(
  before: unknown,
  after: unknown,
  name = "",
): { name: string; before: string; after: string } | undefined {
  const texts = [before, after].map((value) => JSON.stringify(value) ?? "nothing");
  if (texts[0] === texts[1]) return undefined;
  if (isTree(before) && isTree(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const path = Array.isArray(before) ? `${name}[${key}]` : name ? `${name}.${key}` : key;
      const found = difference(before[key], after[key], path);
      if (found) return found;
    }
  }
  return { name, before: texts[0], after: texts[1] };
}

/** Whether a value has parts with names of their own, rather than being a list of numbers or words. */
function isTree(value: unknown): value is Record<string, unknown> {
  return Array.isArray(value) ? value.some(isTree) : typeof value === "object" && value !== null;
}
