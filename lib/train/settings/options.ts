/**
 * Settings as options of `train()`, and the other way round.
 *
 * @module
 */
import type { DataOptions, TrainOptions } from "../options.ts";
import { SETTING_NAMES, type SettingName, type Settings } from "./table.ts";

/**
 * Settings whose option has another name or place.
 *
 * Every other setting is the option of its own name.
 */
const IN_DATA = {
  data: "folder",
  root: "root",
  test: "test",
  split: "split",
  labelsFrom: "labelsFrom",
  size: "size",
  exif: "exif",
  maxPixels: "maxPixels",
  skipBad: "skipDamaged",
  imbalance: "imbalance",
} as const satisfies Partial<Record<SettingName, keyof DataOptions>>;

/** Options that are no settings, because they are about this call alone. */
const ABOUT_THE_CALL = ["out", "resume", "keep", "onProgress", "signal"];

/**
 * The options of a training that settings stand for.
 *
 * @param settings Values; one recipe.
 * @returns Options; what the settings leave out is missing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(trainOptions({ data: "photographs", size: 64, network: "resnet20", lr: 0.1 }), {
 *   data: { folder: "photographs", size: 64 },
 *   architecture: "resnet20",
 *   lr: 0.1,
 * });
 * ```
 */
export function trainOptions(settings: Settings): TrainOptions {
  const data: Record<string, unknown> = {}, options: Record<string, unknown> = {};
  for (const name of SETTING_NAMES) {
    const value = settings[name];
    if (value === undefined) continue;
    if (name in IN_DATA) data[IN_DATA[name as keyof typeof IN_DATA]] = value;
    else if (name === "network") options.architecture = value;
    else if (name === "recipe") options.recipe = settings.recipe!.join();
    else options[name] = value;
  }
  return { ...(Object.keys(data).length > 0 ? { data } : {}), ...options };
}

/** Options told as settings. */
export interface ToldOptions {
  /** Those that settings can tell. */
  readonly settings: Settings;
  /** Names of the options that only a script can hand over, for instance a network of one's own. */
  readonly pieces: readonly string[];
}

/**
 * Tells the options of a training as settings: the inverse of {@linkcode trainOptions}.
 *
 * @param options Options of `train()`.
 * @returns Values of the settings, and the names of the options that are none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { crossEntropy } from "../../losses/mod.ts";
 *
 * assertEquals(toldOptions({ recipe: "builtin/ce", lr: 0.1, loss: crossEntropy() }), {
 *   settings: { recipe: ["builtin/ce"], lr: 0.1 },
 *   pieces: ["loss"],
 * });
 * ```
 */
export function toldOptions(options: TrainOptions): ToldOptions {
  const { data, architecture, recipe, ...others } = options;
  const inData = data && !("train" in data) ? data : {};
  const told: Record<string, unknown> = {
    ...(recipe === undefined ? {} : { recipe: [recipe] }),
    ...(architecture === undefined ? {} : { network: architecture }),
  };
  const pieces = data && "train" in data ? ["data"] : [];
  for (const [setting, option] of Object.entries(IN_DATA)) told[setting] = inData[option];
  for (const [option, value] of Object.entries(others)) {
    if (value === undefined || ABOUT_THE_CALL.includes(option)) continue;
    const isSetting = SETTING_NAMES.includes(option as SettingName) && isPlain(value) &&
      option !== "network";
    if (isSetting) told[option] = value;
    else pieces.push(option);
  }
  const settings = Object.fromEntries(
    SETTING_NAMES.filter((name) => told[name] !== undefined).map((name) => [name, told[name]]),
  );
  return { settings, pieces };
}

/** Whether a value is one that a file can hold: no function, and no list of descriptions. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length > 0 && value.every((each) => typeof each !== "object");
  }
  return typeof value !== "object" && typeof value !== "function";
}
