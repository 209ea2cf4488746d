/**
 * Conversion between settings and options of `train()`.
 *
 * @module
 */
import type { DataOptions } from "../recipes/data_options.ts";
import type { TrainOptions } from "./train_options.ts";
import { SETTING_NAMES, type SettingName, type Settings } from "./table.ts";

/**
 * Options in `data` by the names of their settings.
 *
 * All others are top-level options.
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

/** Top-level options by the names of their settings, where these differ. */
const RENAMED = {
  network: "architecture",
  syncBn: "syncBatchNorm",
} as const satisfies Partial<Record<SettingName, keyof TrainOptions>>;

/** Options that are not settings because they only concern a single call. */
const OF_THE_CALL = ["out", "resume", "keep", "onProgress", "signal", "cluster"];

/**
 * Converts settings to options of a training.
 *
 * @param settings Values, with at most one recipe.
 * @returns The options; unset ones are omitted.
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
    else if (name in RENAMED) options[RENAMED[name as keyof typeof RENAMED]] = value;
    else if (name === "recipe") options.recipe = settings.recipe!.join();
    else options[name] = value;
  }
  return { ...(Object.keys(data).length > 0 ? { data } : {}), ...options };
}

/** Options converted to settings. */
export interface OptionsAsSettings {
  /** Options that settings can express. */
  readonly settings: Settings;
  /** Names of options that only a script can pass, for instance a custom network. */
  readonly pieces: readonly string[];
}

/**
 * Converts options of a training to settings: the inverse of {@linkcode trainOptions}.
 *
 * @param options Options of `train()`.
 * @returns Values of the settings, and the names of options that settings cannot express.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { crossEntropy } from "@nbn/toolkit/losses";
 *
 * assertEquals(optionsToSettings({ recipe: "builtin/ce", lr: 0.1, loss: crossEntropy() }), {
 *   settings: { recipe: ["builtin/ce"], lr: 0.1 },
 *   pieces: ["loss"],
 * });
 * ```
 */
export function optionsToSettings(options: TrainOptions): OptionsAsSettings {
  const { data, recipe, ...others } = options;
  const inData = data && !("train" in data) ? data : {};
  const values: Record<string, unknown> = {
    ...(recipe === undefined ? {} : { recipe: [recipe] }),
  };
  const pieces = data && "train" in data ? ["data"] : [];
  for (const [setting, option] of Object.entries(IN_DATA)) values[setting] = inData[option];
  const settingOf = new Map<string, string>(
    Object.entries(RENAMED).map(([setting, renamed]) => [renamed, setting]),
  );
  for (const [option, value] of Object.entries(others)) {
    if (value === undefined || OF_THE_CALL.includes(option)) continue;
    const setting = settingOf.get(option) ?? (option in RENAMED ? undefined : option);
    const isSetting = SETTING_NAMES.includes(setting as SettingName) && isPlain(value);
    if (isSetting) values[setting!] = value;
    else pieces.push(option);
  }
  const settings = Object.fromEntries(
    SETTING_NAMES.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
  );
  return { settings, pieces };
}

/** Whether a file can hold the value: no function, object or list of objects. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length > 0 && value.every((each) => typeof each !== "object");
  }
  return typeof value !== "object" && typeof value !== "function";
}
