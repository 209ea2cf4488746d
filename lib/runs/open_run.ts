/**
 * Opening a run: its network with a checkpoint, and its data.
 *
 * @module
 */
import { classCounts, type Split } from "../data/dataset.ts";
import { GROUP_THRESHOLDS, type GroupThresholds } from "../data/groups.ts";
import { inputOf } from "./model_input.ts";
import { loadModel, type OpenedModel, type OpenModelOptions } from "./open_model.ts";
import { withVersions } from "./version_error.ts";
import { runData } from "./run_data.ts";
import { locateRun, recorded, type RunLocation } from "./locate_run.ts";

/** Options of {@linkcode openRun}; defaults come from the run's `config.json`. */
export type OpenRunOptions = OpenModelOptions;

/** A trained network and its data. */
export interface OpenedRun extends OpenedModel {
  /** Training set and evaluation set, labelled by the classes of the run. */
  readonly data: Split;
  /** Number of training images of each class. */
  readonly counts: readonly number[];
  /** Bounds of Tail, Medium and Head that it was evaluated with. */
  readonly groupThresholds: GroupThresholds;
}

/**
 * Opens a run with its data, for evaluation and analysis; {@linkcode openModel} opens its network alone.
 *
 * @param path A run folder, whose newest checkpoint is used, or a checkpoint.
 * @param options Recipe, data and imbalance, to override the run's or where it does not record them.
 * @returns The network with its parameters and data. Its tensors are freed by `dispose`.
 * @throws {UsageError} If the recipe is neither given nor recorded by the run.
 * @throws {CheckpointError} If there is no checkpoint, or it does not match the recipe and the data.
 * @throws {DataError} If the data cannot be read, or has a class that the run lacks.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { openRun } from "@nbn/toolkit/runs";
 * import { train } from "@nbn/toolkit/train";
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
  const location = await locateRun(path);
  try {
    const data = await runData(location, options);
    const { classNames } = data.train;
    const model = await loadModel(location, { input: inputOf(data.train), classNames }, options);
    const groupThresholds = recorded<GroupThresholds>(location, "groups") ?? GROUP_THRESHOLDS;
    return { ...model, data, counts: countsOf(location, data, options), groupThresholds };
  } catch (error) {
    throw withVersions(error, location.config);
  }
}

/**
 * Returns the training counts of each class, which are those of the run rather than of the data that it is evaluated
 * with.
 */
function countsOf(
  location: RunLocation,
  { train }: Split,
  { imbalance }: OpenRunOptions,
): readonly number[] {
  const trained = recorded<number[]>(location, "counts");
  return imbalance === undefined && trained ? trained : classCounts(train);
}
