/**
 * Generates docs/settings.md from the settings table: every training setting with its flag, values and effect.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { validValues } from "../lib/settings/read.ts";
import { SECTIONS, type Setting } from "../lib/settings/setting.ts";
import { flagOf, SETTING_NAMES, SETTINGS } from "../lib/settings/table.ts";

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
      "| key | flag | value | default | changes | what it does |",
      "| --- | --- | --- | --- | --- | --- |",
      ...SETTING_NAMES.filter((name) => SETTINGS[name].section === section).map((name) => {
        const setting: Setting = SETTINGS[name];
        const { default: value, changes, description } = setting;
        const cells = [
          `\`${name}\``,
          `\`--${flagOf(name)}\``,
          validValues(setting),
          value,
          changes,
          description,
        ];
        return `| ${cells.map(escaped).join(" | ")} |`;
      }),
    ]),
    "",
  ].join("\n");
}

/** Escapes text for a Markdown table. */
function escaped(text: string): string {
  return text.replaceAll("<", "\\<").replaceAll("|", "\\|");
}

if (import.meta.main) {
  const path = fileURLToPath(new URL("../docs/settings.md", import.meta.url));
  await Deno.writeTextFile(path, settingsTable());
  const { success } = await new Deno.Command(Deno.execPath(), { args: ["fmt", "-q", path] })
    .output();
  Deno.exit(success ? 0 : 1);
}
