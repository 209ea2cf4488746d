/**
 * Opening the network of a run, without its data.
 *
 * @module
 */
import { disposeTree } from "../core/tree.ts";
import { engine } from "../engine/engine.ts";
import type { Network } from "../nn/network.ts";
import { loadCheckpoint } from "../checkpoints/checkpoint.ts";
import { expectedOf } from "../checkpoints/expected.ts";
import { inputOf, type ModelInput } from "./model_input.ts";
import { withVersions } from "./version_error.ts";
import type { Model } from "../inference/predict.ts";
import { recipeOf, runData, type RunDataOptions } from "./run_data.ts";
import { locateRun, recorded, type RunLocation } from "./locate_run.ts";
import { networkOf } from "../loop/stages/network.ts";

/** Options of {@linkcode openModel}; defaults come from the run's `config.json`. */
export interface OpenModelOptions extends RunDataOptions {
  /** Network of a run without a recipe. */
  readonly network?: Network;
}

/** A trained network with everything needed to apply it to images. */
export interface OpenedModel extends Model {
  /** Preprocessing of its images. */
  readonly input: ModelInput;
  /** Name of each class. */
  readonly classNames: readonly string[];
  /** Name of its recipe, or `custom`. */
  readonly recipe: string;
  /** Path of the checkpoint. */
  readonly checkpoint: string;
  /** Number of steps that it was trained for. */
  readonly step: number;
  /** Seed that it was trained with. */
  readonly seed: number;
  /** Frees parameters and statistics. */
  dispose(): void;
}

/**
 * Opens the network of a run. The training data is not needed, unless the run is of an earlier version, which did not
 * record the preprocessing of images.
 *
 * @param path A run folder, whose newest checkpoint is used, or a checkpoint in it.
 * @param options Recipe, network and data, where the run does not record them.
 * @returns The network with its parameters. Its tensors are freed by `dispose`.
 * @throws {UsageError} If the recipe is neither given nor recorded by the run.
 * @throws {CheckpointError} If there is no checkpoint, or it does not match the network.
 * @throws {DataError} If the run does not record the preprocessing and its data cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { openModel } from "@nbn/toolkit/runs";
 * import { train } from "@nbn/toolkit/train";
 *
 * const out = await Deno.makeTempDir();
 * await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out });
 * const model = await openModel(out);
 * assertEquals([model.network.name, model.input.shape], ["resnet8", [32, 32, 3]]);
 * model.dispose();
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function openModel(
  path: string,
  options: OpenModelOptions = {},
): Promise<OpenedModel> {
  const location = await locateRun(path);
  const { input, classNames } = location.config ?? {};
  try {
    if (input && classNames) return await loadModel(location, { input, classNames }, options);
    const { train } = await runData(location, options);
    const made = { input: inputOf(train), classNames: train.classNames };
    return await loadModel(location, made, options);
  } catch (error) {
    throw withVersions(error, location.config);
  }
}

/**
 * Loads the network of a run.
 *
 * @param location Location of the run.
 * @param about Classes and preprocessing.
 * @param options Recipe or network, where the run does not record them.
 * @returns The network with its parameters.
 * @throws {UsageError} If the recipe is neither given nor recorded by the run.
 * @throws {CheckpointError} If the checkpoint does not match the network.
 */
export async function loadModel(
  location: RunLocation,
  about: Pick<OpenedModel, "input" | "classNames">,
  options: Pick<OpenModelOptions, "recipe" | "registry" | "network">,
): Promise<OpenedModel> {
  const networkAt = networksOf(location, about.classNames.length, options);
  await engine();
  const found = await loadCheckpoint(
    location.file,
    (stage) => expectedOf(networkAt(stage), about.input.shape),
  );
  const { params, state, optimizer, loss = {}, memory = {}, step, seed } = found;
  for (const tree of [optimizer, loss, memory]) disposeTree(tree);
  return {
    ...about,
    network: networkAt(found.stage ?? 0),
    params,
    state,
    recipe: options.recipe ?? recorded(location, "recipe") ?? "custom",
    checkpoint: location.file,
    step,
    seed,
    dispose() {
      disposeTree(params);
      disposeTree(state);
    },
  };
}

/** Returns the network of each stage, from the options or the recipe. */
function networksOf(
  location: RunLocation,
  classes: number,
  { network: own, ...options }: Pick<OpenModelOptions, "recipe" | "registry" | "network">,
): (stage: number) => Network {
  if (own) return () => own;
  const recipe = recipeOf(location, options);
  const network = recipe.network(classes);
  // An interrupted run may be in the stage of a teacher network. The counts are placeholders: values that depend on
  // them are in the checkpoint.
  const counts = Array<number>(classes).fill(1);
  const stages = recipe.stages({ ...recipe, counts });
  return (stage) => networkOf({ network, stages }, stage);
}
