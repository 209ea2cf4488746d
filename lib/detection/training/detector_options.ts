/**
 * Options of a detector's training.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { optionsToSettings, trainOptions } from "../../settings/options_to_settings.ts";
import { expectInRange } from "../../settings/read.ts";
import { flagOf, SETTING_NAMES, type SettingName, type Settings } from "../../settings/table.ts";
import type { TrainOptions } from "../../settings/train_options.ts";
import type { DetectionLoadOptions } from "../recipes/data_sets/detection_data_set.ts";
import type { DetectorEvent } from "./detector_events.ts";

/** The settings of trainings that apply to detectors. */
const DETECTOR_SETTINGS: readonly SettingName[] = [
  "recipe",
  "data",
  "root",
  "test",
  "weights",
  "seed",
  "iterations",
  "epochs",
  "batch",
  "lr",
  "warmup",
  "weightDecay",
  "momentum",
  "clipNorm",
  "evaluateEvery",
  "checkpointEvery",
  "precision",
  "forcePrecision",
];

/** Options of {@linkcode trainDetector}; defaults come from the recipe. */
export interface DetectorTrainOptions extends
  Pick<
    TrainOptions,
    | "weights"
    | "seed"
    | "iterations"
    | "epochs"
    | "batch"
    | "lr"
    | "warmup"
    | "weightDecay"
    | "momentum"
    | "clipNorm"
    | "evaluateEvery"
    | "checkpointEvery"
    | "precision"
    | "forcePrecision"
    | "out"
    | "resume"
    | "keep"
    | "signal"
  > {
  /** Name of a detection recipe, for instance `builtin-lvis/mask-rcnn+seesaw+nbn`. */
  readonly recipe: string;
  /** Where the images of the recipe are: `folder` of the annotations or training annotations, `root`, `test`. */
  readonly data?: Omit<DetectionLoadOptions, "seed">;
  /** Called with every progress event. */
  readonly onProgress?: (event: DetectorEvent) => void;
}

/**
 * Converts settings, as of flags or a config file, to options of a detector's training.
 *
 * @param settings Values by name.
 * @param recipe The recipe.
 * @returns The options; unset ones are omitted.
 * @throws {UsageError} If a setting does not apply to detectors.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const recipe = "builtin-lvis/mask-rcnn+ce";
 * assertEquals(detectorTrainOptions({ batch: 2 }, recipe), { recipe, batch: 2 });
 * assertThrows(() => detectorTrainOptions({ width: 2 }, recipe), Error, "Expected no --width");
 * ```
 */
export function detectorTrainOptions(settings: Settings, recipe: string): DetectorTrainOptions {
  for (const name of SETTING_NAMES) {
    if (settings[name] === undefined || DETECTOR_SETTINGS.includes(name)) continue;
    throw new UsageError(
      `Expected no --${flagOf(name)} for recipe ${recipe}, which is a detector's, but found ` +
        `${settings[name]}: its settings are ${DETECTOR_SETTINGS.map(flagOf).join(", ")}`,
    );
  }
  return { ...trainOptions({ ...settings, recipe: undefined }), recipe } as DetectorTrainOptions;
}

/**
 * Converts options of a detector's training to settings, for `config.json`.
 *
 * @param options Options of a script.
 * @returns The settings.
 * @throws {UsageError} If an option is not one of a detector's.
 * @throws {RangeError} If a value is out of range.
 */
export function detectorSettings(
  { onProgress: _, ...options }: DetectorTrainOptions,
): Settings {
  if (options.data !== undefined && typeof options.data !== "object") {
    throw new TypeError(`Expected data to be folder, root and test but found ${options.data}`);
  }
  const { settings, pieces } = optionsToSettings(options);
  if (pieces.length > 0) {
    throw new UsageError(
      `Expected options of a detector's training but found ${pieces.join(", ")}`,
    );
  }
  detectorTrainOptions(settings, options.recipe);
  expectInRange(settings);
  return settings;
}
