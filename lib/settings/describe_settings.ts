/**
 * Short descriptions of settings that distinguish runs.
 *
 * @module
 */
import type { Setting } from "./setting.ts";
import { flagOf, SETTING_NAMES, type SettingName, SETTINGS, type Settings } from "./table.ts";

/**
 * Describes the settings of a training, except incidental ones, which do not change what is trained.
 *
 * @param settings Settings of the training.
 * @param without Settings to exclude.
 * @returns Descriptions by name of the setting.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const settings = { seed: 3, lr: 0.05, clipNorm: 1, workers: 4, exif: true };
 * assertEquals(describeSettings(settings, ["seed"]), { exif: "exif", lr: "lr 0.05", clipNorm: "clip-norm 1" });
 * ```
 */
export function describeSettings(
  settings: Settings,
  without: readonly SettingName[] = [],
): Readonly<Record<string, string>> {
  const distinguishing = SETTING_NAMES.filter((name) =>
    settings[name] !== undefined && !without.includes(name) &&
    !(SETTINGS[name] as Setting).incidental
  );
  return Object.fromEntries(distinguishing.map((name) => {
    const value = settings[name];
    const word = value === true ? flagOf(name) : `${flagOf(name)} ${[value].flat().join()}`;
    return [name, word];
  }));
}
