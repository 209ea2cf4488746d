/**
 * Opening what a run has written: its network with a checkpoint, and its data.
 *
 * @module
 */
import { CheckpointError, UsageError } from "../core/errors.ts";
import { disposeTree } from "../core/tree.ts";
import { classCounts, type EvaluationSet, type Split } from "../data/dataset.ts";
import { GROUP_BORDERS, type GroupBorders } from "../data/groups.ts";
import { engine } from "../engine/engine.ts";
import type { Network } from "../nn/network.ts";
import { loadCheckpoint } from "./checkpoint.ts";
import { expectedOf } from "./expected.ts";
import type { Model } from "./predict.ts";
import { ofOtherVersion } from "./other_version.ts";
import { isNetworkName, type NetworkName, recipe as recipeNamed } from "./recipes/mod.ts";
import { checkpointsIn, type Config, readConfig } from "./run_folder.ts";
import { withRunClasses } from "./same_classes.ts";
import { networkOf } from "./stages/network.ts";

/** Options of {@linkcode openRun}; what is left out comes from the run's `config.json`. */
export interface OpenRunOptions {
  /** Recipe that the checkpoint was trained with. */
  readonly recipe?: string;
  /** Folder of the data. */
  readonly folder?: string;
  /** Folder that paths in lists begin in. */
  readonly root?: string;
  /** List to evaluate on, where the data is a list. */
  readonly test?: string;
  /** Which set to evaluate on, where there are both. */
  readonly split?: EvaluationSet;
  /** Imbalance of the training set, by which classes are grouped. */
  readonly imbalance?: number;
  /** Data of a run without a recipe, or other data than the run's own with the same classes. */
  readonly data?: Split;
  /** Network of a run without a recipe. */
  readonly network?: Network;
}

/** A trained network and the data that it belongs to. */
export interface OpenedRun extends Model {
  /** Training set and the set to evaluate on, labelled by the classes of the run. */
  readonly data: Split;
  /** Images of each class that it was trained on. */
  readonly counts: readonly number[];
  /** Borders of Tail, Medium and Head that it was evaluated with. */
  readonly borders: GroupBorders;
  /** Its recipe, or `custom`. */
  readonly recipe: string;
  /** The checkpoint that was read. */
  readonly checkpoint: string;
  /** Steps that it was trained for. */
  readonly step: number;
  /** Seed that it was trained with. */
  readonly seed: number;
  /** Frees parameters and statistics. */
  dispose(): void;
}

/**
 * Opens a run for evaluation and analysis.
 *
 * @param path A run folder, whose newest checkpoint is taken, or a checkpoint.
 * @param options Recipe, data and imbalance where the run does not tell them, or others than its own.
 * @returns The network with its parameters and data. Its tensors are freed by `dispose`.
 * @throws {UsageError} If the recipe is neither given nor told by the run.
 * @throws {CheckpointError} If there is no checkpoint, or it does not fit recipe and data.
 * @throws {DataError} If the data cannot be read, or has a class that the run has not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { train } from "./train.ts";
 *
 * const out = await Deno.makeTempDir();
 * await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out });
 * const run = await openRun(out);
 * assertEquals([run.recipe, run.step, run.network.name], ["builtin/ce", 1, "resnet8"]);
 * run.dispose();
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function openRun(path: string, options: OpenRunOptions = {}): Promise<OpenedRun> {
  const { folder, file } = await locate(path);
  const config = await readConfig(`${folder}/config.json`);
  try {
    return await open(folder, file, config, options);
  } catch (error) {
    throw ofOtherVersion(error, config);
  }
}

async function open(
  folder: string,
  file: string,
  config: Config | undefined,
  options: OpenRunOptions,
): Promise<OpenedRun> {
  const { data, networkAt, recipe } = await pieces(folder, file, config, options);
  await engine();
  const found = await loadCheckpoint(
    file,
    (stage) => expectedOf(networkAt(stage), data.train.shape),
  );
  const { params, state, optimizer, loss = {}, memory = {}, step, seed } = found;
  for (const tree of [optimizer, loss, memory]) disposeTree(tree);
  return {
    network: networkAt(found.stage ?? 0),
    params,
    state,
    data,
    counts: countsOf(config, data, options),
    borders: told<GroupBorders>(config?.training, "groups") ?? GROUP_BORDERS,
    recipe,
    checkpoint: file,
    step,
    seed,
    dispose() {
      disposeTree(params);
      disposeTree(state);
    },
  };
}

/** Training images of each class: what the run was trained on decides, not the data that it is evaluated with. */
function countsOf(
  config: Config | undefined,
  { train }: Split,
  { imbalance }: OpenRunOptions,
): readonly number[] {
  const trained = told<number[]>(config?.training, "counts");
  return imbalance === undefined && trained ? trained : classCounts(train);
}

/** Data, and the network of each stage, from the options or from the recipe. */
async function pieces(
  folder: string,
  file: string,
  config: Config | undefined,
  options: OpenRunOptions,
): Promise<{ data: Split; networkAt: (stage: number) => Network; recipe: string }> {
  const training = config?.training;
  const name = options.recipe ?? told(training, "recipe");
  if (options.data && options.network) {
    const data = await withRunClasses(folder, config, options.data), { network } = options;
    return { data, networkAt: () => network, recipe: name ?? "custom" };
  }
  if (name === undefined || name === "custom") {
    throw new UsageError(
      `Expected a recipe to open ${file} with, for ${folder}/config.json names none`,
    );
  }
  const { network: architecture = networkNameOf(training), width } = config?.settings ?? {};
  const recipe = recipeNamed(name, architecture, { width });
  const source = training?.data as Record<string, unknown> | undefined;
  const found = options.data ?? (await recipe.load({
    folder: options.folder ?? told(source, "folder"),
    imbalance: options.imbalance ?? told(source, "imbalance"),
    root: options.root ?? told(source, "root"),
    test: options.test ?? told(source, "test"),
    split: options.split ?? told(source, "split"),
    labelsFrom: told(source, "labelsFrom"),
    size: told(source, "size"),
    exif: told(source, "exif") === 1 ? true : undefined,
    maxPixels: told(source, "maxPixels"),
    skipDamaged: told(source, "skipDamaged") === 1 ? true : undefined,
    seed: told(training, "seed") ?? 0,
  })).split;
  const data = await withRunClasses(folder, config, found);
  const classes = data.train.classNames.length;
  const network = options.network ?? recipe.network(classes);
  // A run that was stopped early may stand in the stage of a teacher; what depends on counts is in the checkpoint.
  const counts = Array<number>(classes).fill(1);
  const stages = options.network ? [] : recipe.stages({ ...recipe, counts });
  return { data, networkAt: (stage) => networkOf({ network, stages }, stage), recipe: name };
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

/** Name of the network of a run of an earlier version, where it is one that recipes know. */
function networkNameOf(training: Config["training"] | undefined): NetworkName | undefined {
  const name = told<string>(training, "network");
  return isNetworkName(name) ? name : undefined;
}

function told<T extends string | number | readonly number[]>(
  record: Config["training"] | undefined,
  name: string,
): T | undefined {
  return record?.[name] as T | undefined;
}
