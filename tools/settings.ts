/**
 * Generates docs/settings.md from the settings table: every training setting with its flag, values and effect.
 *
 * @module
 */
import { validValues } from "../lib/settings/read.ts";
import { SECTIONS, type Setting } from "../lib/settings/setting.ts";
import { flagOf, SETTING_NAMES, SETTINGS } from "../lib/settings/table.ts";
import { code, markdownTable } from "./markdown.ts";
import { writePage } from "./write_page.ts";

/**
 * Formats the settings table as Markdown.
 *
 * @returns The text of docs/settings.md.
 */
export function settingsTable(): string {
  return [
    "# Settings",
    "",
    "What `deno task train` and `deno task sweep` take as flags, config files (`--config FILE`) as keys,",
    "and `train()` as options. A run's `config.json` contains the settings that it was trained with, and is a",
    "config file itself; flags override it, and `--no-keep-best` disables a setting of it. Omitted",
    "settings default to those of the recipe. `train()` has the settings of images within its option",
    "`data` (`data` as `folder`, `skipBad` as `skipDamaged`), and `network` as `architecture`. Written by",
    "`deno task settings`.",
    ...SECTIONS.flatMap((section) => [
      "",
      `## ${section}`,
      "",
      ...markdownTable(
        ["key", "flag", "value", "default", "changes", "what it does"],
        SETTING_NAMES.filter((name) => SETTINGS[name].section === section).map((name) => {
          const setting: Setting = SETTINGS[name];
          const { default: value, changes, description } = setting;
          const texts = [validValues(setting), value, changes, description];
          return [
            code(name),
            code(`--${flagOf(name)}`),
            ...texts.map((text) => text.replaceAll("<", "\\<")),
          ];
        }),
      ),
    ]),
    "",
  ].join("\n");
}

if (import.meta.main) {
  await writePage("docs/settings.md", settingsTable());
}
