/**
 * Opening the detector of a run.
 *
 * @module
 */
import { loadCheckpoint } from "../../checkpoints/checkpoint.ts";
import { UsageError } from "../../core/errors.ts";
import { disposeTree, type Params } from "../../core/tree.ts";
import { engine } from "../../engine/engine.ts";
import { locateRun, recorded } from "../../runs/locate_run.ts";
import { withVersions } from "../../runs/version_error.ts";
import type { DetectionCategory } from "../lvis/dataset.ts";
import type { Detector } from "../mask_rcnn/detector.ts";
import type { DetectionLoadOptions } from "../recipes/data_sets/detection_data_set.ts";
import {
  type DetectionRecipe,
  detectionRecipe,
  isDetectionRecipe,
} from "../recipes/detection_recipe.ts";
import { expectedOfDetector } from "../training/detector_state.ts";

/** A trained detector with everything needed to apply it to images. */
export interface OpenedDetector {
  /** The detector. */
  readonly detector: Detector;
  /** Parameters. */
  readonly params: Params;
  /** Running statistics and state of the loss. */
  readonly state: Params;
  /** Its recipe. */
  readonly recipe: DetectionRecipe;
  /** The classes, in the order of their labels, without their groups. */
  readonly categories: readonly DetectionCategory[];
  /** Mean of red, green and blue by which images are normalised, on the scale 0 to 1. */
  readonly mean: readonly number[];
  /** Their standard deviation. */
  readonly std: readonly number[];
  /** Path of the checkpoint. */
  readonly checkpoint: string;
  /** Number of steps that it was trained for. */
  readonly step: number;
  /** The run folder. */
  readonly folder: string;
  /** Where the images of the run are, and the seed of generated ones. */
  readonly data: DetectionLoadOptions;
  /** Frees parameters and statistics. */
  dispose(): void;
}

/**
 * Whether a run is a detector's.
 *
 * @param path A run folder or a checkpoint in it.
 * @returns Whether its `config.json` names a detection recipe; `false` if there is none.
 * @throws {CheckpointError} If there is no checkpoint.
 */
export async function isDetectorRun(path: string): Promise<boolean> {
  return isDetectionRecipe(recorded<string>(await locateRun(path), "recipe") ?? "");
}

/**
 * Opens the detector of a run; its data is not needed.
 *
 * @param path A run folder, whose newest checkpoint is used, or a checkpoint in it.
 * @returns The detector with its parameters. Its tensors are freed by `dispose`.
 * @throws {UsageError} If the run is not that of a detector.
 * @throws {CheckpointError} If there is no checkpoint, or it does not match the recipe.
 *
 * @example
 * ```ts ignore
 * import { assertEquals } from "@std/assert";
 * import { openDetector, trainDetector } from "@nbn/toolkit/detection";
 *
 * const out = await Deno.makeTempDir();
 * await trainDetector({ recipe: "builtin-lvis/mask-rcnn+ce", iterations: 1, batch: 1, out });
 * const opened = await openDetector(out);
 * assertEquals([opened.step, opened.categories[0].name], [1, "disc with bar"]);
 * opened.dispose();
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function openDetector(path: string): Promise<OpenedDetector> {
  const location = await locateRun(path), { folder, file, config } = location;
  const name = recorded<string>(location, "recipe") ?? "";
  const { classNames } = config ?? {};
  const [ids, mean, std] = ["categories", "mean", "std"].map((key) =>
    recorded<number[]>(location, key)
  );
  if (!isDetectionRecipe(name) || !classNames || !ids || !mean || !std) {
    throw new UsageError(
      `Expected ${folder}/config.json to be that of a detector's run but found another: deno task train writes it`,
    );
  }
  const recipe = detectionRecipe(name);
  const { detector } = recipe.build(classNames.map(() => 0));
  await engine();
  try {
    const loaded = await loadCheckpoint(file, expectedOfDetector({ detector }));
    const { params, optimizer, loss = {}, step } = loaded;
    const state = { ...loaded.state, loss };
    disposeTree(optimizer);
    const categories = ids.map((id, label) => ({ id, name: classNames[label] }));
    return {
      ...{ detector, params, state, recipe, categories, mean, std, step, folder },
      data: {
        ...recorded<Omit<DetectionLoadOptions, "seed">>(location, "data"),
        seed: recorded<number>(location, "seed") ?? 0,
      },
      checkpoint: file,
      dispose: () => [params, state].forEach(disposeTree),
    };
  } catch (error) {
    throw withVersions(error, config);
  }
}
