/**
 * Evaluating what a run has written.
 *
 * @module
 */
import { CheckpointError, UsageError } from "../core/errors.ts";
import { disposeTree } from "../core/tree.ts";
import { classCounts } from "../data/dataset.ts";
import { engine } from "../engine/engine.ts";
import { loadCheckpoint } from "./checkpoint.ts";
import { evaluate } from "./evaluate.ts";
import type { Evaluation } from "./evaluation.ts";
import { recipe as recipeNamed } from "./recipes/mod.ts";
import type { Precision } from "./result.ts";
import { checkpointsIn, type Config, readConfig } from "./run_folder.ts";

/** Options of {@linkcode evaluateRun}; what is left out comes from the run's `config.json`. */
export interface EvaluateRunOptions {
  /** Recipe that the checkpoint was trained with. */
  readonly recipe?: string;
  /** Folder of the data. */
  readonly folder?: string;
  /** Imbalance of the training set, by which classes are grouped. */
  readonly imbalance?: number;
  /**
   * Precision of the computation.
   *
   * @default {"float32"}
   */
  readonly precision?: Precision;
}

/** What {@linkcode evaluateRun} returns. */
export interface EvaluatedRun extends Evaluation {
  /** The checkpoint evaluated. */
  readonly checkpoint: string;
  /** Its recipe. */
  readonly recipe: string;
  /** Steps that it was trained for. */
  readonly step: number;
  /** Name of each class. */
  readonly classNames: readonly string[];
}

/**
 * Evaluates a checkpoint on the balanced test set of its recipe.
 *
 * @param path A run folder, whose newest checkpoint is taken, or a checkpoint.
 * @param options Recipe, data and imbalance where the run does not tell them, or others than its own.
 * @returns Accuracies in percent and the rest.
 * @throws {UsageError} If the recipe is neither given nor told by the run.
 * @throws {CheckpointError} If there is no checkpoint, or it does not fit recipe and data.
 * @throws {DataError} If the data cannot be read.
 */
export async function evaluateRun(
  path: string,
  options: EvaluateRunOptions = {},
): Promise<EvaluatedRun> {
  const { folder, file } = await locate(path);
  const config = (await readConfig(`${folder}/config.json`))?.training;
  const name = options.recipe ?? told(config, "recipe");
  if (name === undefined || name === "custom") {
    throw new UsageError(
      `Expected a recipe to evaluate ${file} with, for ${folder}/config.json names none`,
    );
  }
  const recipe = recipeNamed(name);
  const data = config?.data as Record<string, unknown> | undefined;
  const { split } = await recipe.load({
    folder: options.folder ?? told(data, "folder"),
    imbalance: options.imbalance ?? told(data, "imbalance"),
    seed: told(config, "seed") ?? 0,
  });
  await engine();
  const network = recipe.network(split.train.classNames.length);
  const fresh = network.init(0, split.train.shape);
  let found;
  try {
    found = await loadCheckpoint(file, { ...fresh, network: network.name });
  } finally {
    disposeTree(fresh.params);
    disposeTree(fresh.state);
  }
  const { params, state, optimizer, loss = {}, step } = found;
  try {
    const evaluation = await evaluate({ network, params, state }, split.test, {
      counts: classCounts(split.train),
      precision: options.precision,
    });
    return {
      ...evaluation,
      checkpoint: file,
      recipe: name,
      step,
      classNames: split.train.classNames,
    };
  } finally {
    for (const tree of [params, state, optimizer, loss]) disposeTree(tree);
  }
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

function told<T extends string | number>(
  record: Config["training"] | undefined,
  name: string,
): T | undefined {
  return record?.[name] as T | undefined;
}
