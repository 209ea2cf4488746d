/**
 * Settings in words, by which runs are told apart.
 *
 * @module
 */
import type { Setting } from "./setting.ts";
import { flagOf, SETTING_NAMES, type SettingName, SETTINGS, type Settings } from "./table.ts";

/**
 * Says what a training was told, without what does not change what is trained.
 *
 * @param settings Its settings.
 * @param without Settings that are told otherwise.
 * @returns Words by the names of the settings.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const settings = { seed: 3, lr: 0.05, clipNorm: 1, workers: 4, exif: true };
 * assertEquals(settingWords(settings, ["seed"]), { exif: "exif", lr: "lr 0.05", clipNorm: "clip-norm 1" });
 * ```
 */
export function settingWords(
  settings: Settings,
  without: readonly SettingName[] = [],
): Readonly<Record<string, string>> {
  const telling = SETTING_NAMES.filter((name) =>
    settings[name] !== undefined && !without.includes(name) &&
    !(SETTINGS[name] as Setting).incidental
  );
  return Object.fromEntries(telling.map((name) => {
    const value = settings[name];
    const word = value === true ? flagOf(name) : `${flagOf(name)} ${[value].flat().join()}`;
    return [name, word];
  }));
}
