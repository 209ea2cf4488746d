/**
 * Opening the network of a run, without its data.
 *
 * @module
 */
import { disposeTree } from "../core/tree.ts";
import { engine } from "../engine/engine.ts";
import type { Network } from "../nn/network.ts";
import { loadCheckpoint } from "./checkpoint.ts";
import { expectedOf } from "./expected.ts";
import { inputOf, type ModelInput } from "./model_input.ts";
import { ofOtherVersion } from "./other_version.ts";
import type { Model } from "./predict.ts";
import { recipeOf, runData, type RunDataOptions } from "./run_data.ts";
import { locateRun, type RunPlace, told } from "./run_place.ts";
import { networkOf } from "./stages/network.ts";

/** Options of {@linkcode openModel}; what is left out comes from the run's `config.json`. */
export interface OpenModelOptions extends RunDataOptions {
  /** Network of a run without a recipe. */
  readonly network?: Network;
}

/** A trained network with all that it takes to apply it to images. */
export interface OpenedModel extends Model {
  /** How its images are prepared. */
  readonly input: ModelInput;
  /** Name of each class. */
  readonly classNames: readonly string[];
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
 * Opens the network of a run. The data that it was trained on need not be at hand, unless the run is of an
 * earlier version, which did not record how images were prepared.
 *
 * @param path A run folder, whose newest checkpoint is taken, or a checkpoint in it.
 * @param options Recipe, network and data where the run does not tell them.
 * @returns The network with its parameters. Its tensors are freed by `dispose`.
 * @throws {UsageError} If the recipe is neither given nor told by the run.
 * @throws {CheckpointError} If there is no checkpoint, or it does not fit.
 * @throws {DataError} If the run does not tell how images are prepared and its data cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { train } from "./train.ts";
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
  const place = await locateRun(path);
  const { input, classNames } = place.config ?? {};
  try {
    if (input && classNames) return await loadModel(place, { input, classNames }, options);
    const { train } = await runData(place, options);
    const made = { input: inputOf(train), classNames: train.classNames };
    return await loadModel(place, made, options);
  } catch (error) {
    throw ofOtherVersion(error, place.config);
  }
}

/**
 * Loads the network of a run.
 *
 * @param place Where the run is.
 * @param about Classes, and how images are prepared.
 * @param options Recipe or network, where the run does not tell them.
 * @returns The network with its parameters.
 * @throws {UsageError} If the recipe is neither given nor told by the run.
 * @throws {CheckpointError} If the checkpoint does not fit.
 */
export async function loadModel(
  place: RunPlace,
  about: Pick<OpenedModel, "input" | "classNames">,
  options: Pick<OpenModelOptions, "recipe" | "network">,
): Promise<OpenedModel> {
  const networkAt = networksOf(place, about.classNames.length, options);
  await engine();
  const found = await loadCheckpoint(
    place.file,
    (stage) => expectedOf(networkAt(stage), about.input.shape),
  );
  const { params, state, optimizer, loss = {}, memory = {}, step, seed } = found;
  for (const tree of [optimizer, loss, memory]) disposeTree(tree);
  return {
    ...about,
    network: networkAt(found.stage ?? 0),
    params,
    state,
    recipe: options.recipe ?? told(place, "recipe") ?? "custom",
    checkpoint: place.file,
    step,
    seed,
    dispose() {
      disposeTree(params);
      disposeTree(state);
    },
  };
}

/** The network of each stage, from the options or from the recipe. */
function networksOf(
  place: RunPlace,
  classes: number,
  { recipe: name, network: own }: Pick<OpenModelOptions, "recipe" | "network">,
): (stage: number) => Network {
  if (own) return () => own;
  const recipe = recipeOf(place, name);
  const network = recipe.network(classes);
  // A run that was stopped early may stand in the stage of a teacher; what depends on counts is in the checkpoint.
  const counts = Array<number>(classes).fill(1);
  const stages = recipe.stages({ ...recipe, counts });
  return (stage) => networkOf({ network, stages }, stage);
}
