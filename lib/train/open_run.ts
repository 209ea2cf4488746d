/**
 * Opening what a run has written: its network with a checkpoint, and its data.
 *
 * @module
 */
import { classCounts, type Split } from "../data/dataset.ts";
import { GROUP_BORDERS, type GroupBorders } from "../data/groups.ts";
import { inputOf } from "./model_input.ts";
import { loadModel, type OpenedModel, type OpenModelOptions } from "./open_model.ts";
import { ofOtherVersion } from "./other_version.ts";
import { runData } from "./run_data.ts";
import { locateRun, type RunPlace, told } from "./run_place.ts";

/** Options of {@linkcode openRun}; what is left out comes from the run's `config.json`. */
export type OpenRunOptions = OpenModelOptions;

/** A trained network and the data that it belongs to. */
export interface OpenedRun extends OpenedModel {
  /** Training set and the set to evaluate on, labelled by the classes of the run. */
  readonly data: Split;
  /** Images of each class that it was trained on. */
  readonly counts: readonly number[];
  /** Borders of Tail, Medium and Head that it was evaluated with. */
  readonly borders: GroupBorders;
}

/**
 * Opens a run with its data, for evaluation and analysis; {@linkcode openModel} opens its network alone.
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
  const place = await locateRun(path);
  try {
    const data = await runData(place, options);
    const { classNames } = data.train;
    const model = await loadModel(place, { input: inputOf(data.train), classNames }, options);
    const borders = told<GroupBorders>(place, "groups") ?? GROUP_BORDERS;
    return { ...model, data, counts: countsOf(place, data, options), borders };
  } catch (error) {
    throw ofOtherVersion(error, place.config);
  }
}

/** Training images of each class: what the run was trained on decides, not the data that it is evaluated with. */
function countsOf(
  place: RunPlace,
  { train }: Split,
  { imbalance }: OpenRunOptions,
): readonly number[] {
  const trained = told<number[]>(place, "counts");
  return imbalance === undefined && trained ? trained : classCounts(train);
}
