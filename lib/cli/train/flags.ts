/**
 * Training flags, shared by `train` and `sweep`.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import type { EvaluationSet } from "../../data/dataset.ts";
import type { GroupThresholds } from "../../data/groups.ts";
import { detectionRecipe, isDetectionRecipe } from "../../detection/recipes/detection_recipe.ts";
import { type Precision, PRECISIONS } from "../../engine/precision.ts";
import { recipe } from "../../recipes/recipe_named.ts";
import { overridden, readSettings } from "../../settings/config_file.ts";
import { readFlag } from "../../settings/read.ts";
import type { Setting } from "../../settings/setting.ts";
import {
  flagOf,
  SETTING_NAMES,
  type SettingName,
  SETTINGS,
  type Settings,
} from "../../settings/table.ts";
import type { Flag, Flags } from "../command.ts";
import { numberFlag } from "../numbers.ts";
import { wordFlag } from "../words.ts";

/** A flag for every setting, and the other flags that `train` and `sweep` share. */
export const TRAIN_FLAGS: Flags = {
  ...Object.fromEntries(SETTING_NAMES.map((name) => [flagOf(name), flag(name)])),
  config: { type: "string" },
  out: { type: "string" },
  resume: { type: "boolean" },
  json: { type: "boolean" },
};

function flag(name: SettingName): Flag {
  const setting: Setting = SETTINGS[name];
  switch (setting.kind) {
    case "switch":
      return { type: "boolean" };
    case "texts":
      return { type: "string", multiple: true };
    case "word":
      return { type: "string", words: setting.words };
    default:
      return { type: "string" };
  }
}

/** Parsed flags. */
export type TrainFlags = { readonly [name: string]: string | boolean | string[] | undefined };

/**
 * Returns the settings of a command line: those of `--config`, overridden by the other flags.
 *
 * @param flags Parsed flags.
 * @returns The settings.
 * @throws {UsageError} If a value is out of range, or the file cannot be used.
 */
export async function settingsOf(flags: TrainFlags): Promise<Settings> {
  const typed: Record<string, unknown> = {};
  for (const name of SETTING_NAMES) {
    const text = flags[flagOf(name)];
    if (text !== undefined) typed[name] = readFlag(name, text, `--${flagOf(name)}`);
  }
  if (flags.config === undefined) return typed;
  return overridden(await readSettings(flags.config as string), typed);
}

/** Methods trained if no recipe is named: on the built-in images, or on those of `--data`. */
const DEFAULT_METHODS = ["ce", "ce+nbn+lr"];

/**
 * Returns the names of the recipes to train, by default those of {@linkcode DEFAULT_METHODS}.
 *
 * @param settings From {@linkcode settingsOf}.
 * @returns The names, valid and distinct.
 * @throws {UsageError} If one is unknown or named twice.
 */
export function recipesOf({ recipe: named, data }: Settings): readonly string[] {
  const names = named ??
    DEFAULT_METHODS.map((method) => `${data === undefined ? "builtin" : "images"}/${method}`);
  for (const name of names) isDetectionRecipe(name) ? detectionRecipe(name) : recipe(name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice) throw new UsageError(`Expected each --recipe once but found ${twice} twice`);
  return names;
}

/**
 * Whether recipes train detectors.
 *
 * @param recipes Names of recipes.
 * @returns Whether they do; `false` if they train classifiers.
 * @throws {UsageError} If some do and some do not, since their results have different columns.
 */
export function areDetectors(recipes: readonly string[]): boolean {
  const detectors = recipes.filter(isDetectionRecipe);
  if (detectors.length === 0 || detectors.length === recipes.length) return detectors.length > 0;
  const classifier = recipes.find((name) => !isDetectionRecipe(name));
  throw new UsageError(
    `Expected recipes of detectors or of classifiers but found ${
      detectors[0]
    } and ${classifier}: ` +
      "train them one after the other",
  );
}

/** Parses `--split`. */
export function splitFlag(text: string | undefined): EvaluationSet | undefined {
  return wordFlag("split", text, ["test", "val"]);
}

/** Parses `--labels-from`. */
export function labelsFromFlag(text: string | undefined): number | undefined {
  return numberFlag("labels-from", text, { min: 0, integer: true });
}

/** Parses `--groups`. */
export function groupsFlag(text: string | undefined): GroupThresholds | undefined {
  return text === undefined ? undefined : readFlag("groups", text, "--groups");
}

/** Parses `--precision`. */
export function precisionFlag(text: string | undefined): Precision | undefined {
  return wordFlag("precision", text, PRECISIONS);
}
