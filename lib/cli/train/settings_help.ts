/**
 * Training settings in `--help`.
 *
 * @module
 */
import { SECTIONS, type Setting } from "../../settings/setting.ts";
import { flagOf, SETTING_NAMES, type SettingName, SETTINGS } from "../../settings/table.ts";
import { tokenLines } from "./recipe_table.ts";
import { wrapped } from "./wrapped.ts";

/** Column at which descriptions begin. */
const COLUMN = 24;

/** Placeholders of flag values by kind, unless the settings table names one. */
const VALUES: Readonly<Record<Setting["kind"], string>> = {
  integer: " N",
  number: " X",
  switch: "",
  word: " NAME",
  text: " TEXT",
  texts: " LIST",
  thresholds: " A,B",
};

/**
 * Formats the settings as flags with descriptions, grouped by section.
 *
 * @param options Settings `without` a flag in the command.
 * @returns The help text.
 */
export function settingLines(
  { without = [] }: { readonly without?: readonly SettingName[] } = {},
): string {
  return SECTIONS.map((section) => {
    const own = SETTING_NAMES.filter((name) =>
      SETTINGS[name].section === section && !without.includes(name)
    );
    const lines = own.map((name) =>
      name === "recipe" ? `${flagLine(name)}\n${tokenLines(COLUMN)}` : flagLine(name)
    );
    return [`${section}:`, ...lines].join("\n");
  }).join("\n\n");
}

function flagLine(name: SettingName): string {
  const { kind, placeholder, description, default: value }: Setting = SETTINGS[name];
  const left = `  --${flagOf(name)}${placeholder === undefined ? VALUES[kind] : ` ${placeholder}`}`;
  return wrapped(left, kind === "switch" ? description : `${description} (${value})`, COLUMN);
}
