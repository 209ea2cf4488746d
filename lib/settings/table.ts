/**
 * All settings of a training. Each defines a flag of `train` and `sweep`, a key of config files, and a line of `--help`
 * and docs/settings.md; `options_to_settings.ts` maps it to an option of `train()`.
 *
 * @module
 */
import type { Section, SettingRow, ValueOf } from "./setting.ts";
import { COMPUTING } from "./table/computing.ts";
import { EVALUATION } from "./table/evaluation.ts";
import { IMAGES } from "./table/images.ts";
import { LENGTH } from "./table/length.ts";
import { LOSS } from "./table/loss.ts";
import { OPTIMIZER } from "./table/optimizer.ts";
import { WHAT_TO_TRAIN } from "./table/what_to_train.ts";

/** Settings by name: camelCase in files and in `train()`, kebab-case as flags. */
export const SETTINGS = {
  ...inSection("What to train", WHAT_TO_TRAIN),
  ...inSection("Images", IMAGES),
  ...inSection("Length", LENGTH),
  ...inSection("Optimizer", OPTIMIZER),
  ...inSection("Loss and augmentation", LOSS),
  ...inSection("Evaluation and checkpoints", EVALUATION),
  ...inSection("Computing", COMPUTING),
};

/** Name of a setting. */
export type SettingName = keyof typeof SETTINGS;

/** Values of settings; omitted ones default to those of the recipe. */
export type Settings = { readonly [Name in SettingName]?: ValueOf<(typeof SETTINGS)[Name]> };

/** Names of all settings. */
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/**
 * Returns the flag of a setting, without leading dashes.
 *
 * @param name Name of the setting.
 * @returns For instance `weight-decay`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(flagOf("weightDecay"), "weight-decay");
 * ```
 */
export function flagOf(name: SettingName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Adds the heading to settings. */
function inSection<Rows extends Readonly<Record<string, SettingRow>>>(
  section: Section,
  rows: Rows,
): { readonly [Name in keyof Rows]: Rows[Name] & { readonly section: Section } } {
  const entries = Object.entries(rows).map(([name, row]) => [name, { ...row, section }]);
  return Object.fromEntries(entries);
}
