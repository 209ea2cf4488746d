/**
 * The table of settings: as flags, in files, as options of train().
 *
 * @module
 */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { settingsTable } from "../../tools/settings.ts";
import { execute } from "../../lib/cli/command.ts";
import { settingsOf, TRAIN_FLAGS, type TrainFlags } from "../../lib/cli/train/flags.ts";
import { settingLines } from "../../lib/cli/train/settings_help.ts";
import { UsageError } from "../../lib/core/errors.ts";
import { builtin } from "../../lib/data/builtin/mod.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { overridden, readSettings } from "../../lib/settings/config_file.ts";
import { optionsToSettings, trainOptions } from "../../lib/settings/options_to_settings.ts";
import { readFlag, readValue } from "../../lib/settings/read.ts";
import type { Setting } from "../../lib/settings/setting.ts";
import { flagOf, SETTING_NAMES, SETTINGS, type Settings } from "../../lib/settings/table.ts";
import { captured } from "../cli/capture.ts";
import { inFolder } from "../in_folder.ts";

/** A value of a setting, as text and parsed. */
function example(setting: Setting): [typed: string | boolean, value: unknown] {
  switch (setting.kind) {
    case "integer":
      return ["3", 3];
    case "number":
      return setting.below === 1 ? ["0.25", 0.25] : ["2.5", 2.5];
    case "switch":
      return [true, true];
    case "word":
      return [setting.words[1], setting.words[1]];
    case "text":
      return ["some/folder", "some/folder"];
    case "texts":
      return ["builtin/ce,builtin/focal", ["builtin/ce", "builtin/focal"]];
    case "thresholds":
      return ["10,50", [10, 50]];
  }
}

const typed = Object.fromEntries(
  SETTING_NAMES.map((name) => [flagOf(name), example(SETTINGS[name])[0]]),
);
const meant = Object.fromEntries(
  SETTING_NAMES.map((name) => [name, example(SETTINGS[name])[1]]),
) as Settings;

Deno.test("every setting is a flag, a key of a config file, and a line of help", () =>
  inFolder(async (folder) => {
    assertEquals(await settingsOf(typed), meant);
    await Deno.writeTextFile(`${folder}/run.json`, JSON.stringify(meant));
    assertEquals(await readSettings(`${folder}/run.json`), meant);
    assertEquals(await settingsOf({ config: `${folder}/run.json` }), meant);
    const help = settingLines();
    for (const name of SETTING_NAMES) {
      assert(flagOf(name) in TRAIN_FLAGS, name);
      assert(help.includes(`  --${flagOf(name)}`), name);
    }
    for (const line of help.split("\n")) assert(line.length <= 96, line);
  }));

Deno.test("settings and options of train() correspond one to one", () => {
  const { recipe: _, ...others } = meant;
  const one = { ...others, recipe: ["builtin/ce"] };
  assertEquals(optionsToSettings(trainOptions(one)), { settings: one, pieces: [] });
  assertEquals(trainOptions({}), {});
  const pieces = { data: builtin({ max: 2, imbalance: 1, testImages: 1 }), augment: [] };
  assertEquals(
    optionsToSettings({
      recipe: "builtin/ce",
      out: "x",
      resume: true,
      loss: crossEntropy(),
      ...pieces,
    }),
    { settings: { recipe: ["builtin/ce"] }, pieces: ["data", "loss", "augment"] },
  );
});

Deno.test("settings out of range are refused with their source", () => {
  const flags: [Parameters<typeof readFlag>[0], string, string][] = [
    ["lr", "0", 'Expected --x to be a number above 0 but found "0"'],
    ["lr", "", 'but found ""'],
    ["momentum", "1", "a number of at least 0 and below 1"],
    ["labelSmoothing", "nought", 'found "nought"'],
    ["accumulate", "1.5", "an integer of at least 1"],
    ["groups", "100,20", "two integers of at least 1 in ascending order"],
    ["groups", "20", 'but found "20"'],
    ["optimizer", "adam", 'to be sgd or adamw but found "adam" (did you mean adamw?)'],
    ["augment", "cutout", "one of none, crop-flip"],
    ["epochs", "Infinity", "above 0"],
    ["data", " ", "a text"],
  ];
  for (const [name, text, message] of flags) {
    assertThrows(() => readFlag(name, text, "--x"), UsageError, message);
  }
  const values: [Parameters<typeof readValue>[0], unknown, string][] = [
    ["lr", "0.1", 'Expected lr in f to be a number above 0 but found "0.1"'],
    ["keepBest", 1, "true or false but found 1"],
    ["groups", [20], "found [20]"],
    ["recipe", [], "texts, separated by commas"],
    ["seed", null, "found null"],
  ];
  for (const [name, value, message] of values) {
    assertThrows(() => readValue(name, value, `${name} in f`), UsageError, message);
  }
});

Deno.test("an invalid config file is refused in one line", () =>
  inFolder(async (folder) => {
    const run = (rest: object) => JSON.stringify({ training: {}, versions: {}, ...rest });
    const cases: [string, string][] = [
      ["{", "could not read it"],
      ["[1]", "object of settings"],
      ['{ "weight-decay": 1 }', 'found "weight-decay" (did you mean weightDecay?)'],
      ['{ "out": "runs/x" }', 'settings that --help lists but found "out"'],
      ['{ "lr": true }', "lr in"],
      [run({}), "earlier version"],
      [run({ settings: {}, pieces: ["network", "loss"] }), "a script passed network, loss"],
    ];
    for (const [text, message] of cases) {
      await Deno.writeTextFile(`${folder}/run.json`, text);
      const error = await assertRejects(
        () => readSettings(`${folder}/run.json`),
        UsageError,
        message,
      );
      assertEquals(error.message.split("\n").length, 1, error.message);
    }
    await assertRejects(() => readSettings(`${folder}/none.json`), UsageError, "could not read");
  }));

Deno.test("flags override a file and equivalent settings", () => {
  const file: Settings = { epochs: 30, lr: 0.1, keepBest: true };
  assertEquals(overridden(file, {}), file);
  assertEquals(overridden(file, { lr: 0.2, keepBest: false }), {
    epochs: 30,
    lr: 0.2,
    keepBest: false,
  });
  assertEquals(overridden(file, { iterations: 9 }), { lr: 0.1, keepBest: true, iterations: 9 });
  assertEquals(overridden({ iterations: 9 }, { epochs: 1 }), { epochs: 1 });
});

Deno.test("a command line reads --config, and --no- flags override it", () =>
  inFolder(async (folder) => {
    const file = `${folder}/run.json`;
    await Deno.writeTextFile(file, JSON.stringify({ keepBest: true, lr: 0.1, epochs: 4 }));
    const read = async (...args: string[]) => {
      let settings: Settings = {};
      const run = async (flags: TrainFlags) => {
        settings = await settingsOf(flags);
        return 0;
      };
      const command = { name: "train", usage: "", flags: TRAIN_FLAGS, run };
      const { code, stderr } = await captured(() => execute(command, args));
      return { code, stderr, settings };
    };
    const { settings } = await read("--config", file, "--no-keep-best", "--iterations", "9");
    assertEquals(settings, { keepBest: false, lr: 0.1, iterations: 9 });
    for (
      const [args, message] of [
        [["--config", `${folder}/none.json`], "none.json"],
        [["--lr=-1"], 'Expected --lr to be a number above 0 but found "-1"'],
        [["--groups=20"], 'but found "20"'],
        [["--weightdecay", "1"], "did you mean --weight-decay?"],
      ] as const
    ) {
      const { code, stderr } = await read(...args);
      assertEquals([code, stderr.split("\n").length], [2, 1], stderr);
      assert(stderr.includes(message), stderr);
    }
  }));

Deno.test("docs/settings.md is the output of `deno task settings`", async () => {
  // The formatter aligns columns and wraps lines.
  const plain = (text: string) => text.replaceAll(/-{3,}/g, "---").split(/\s+/).join(" ");
  const written = await Deno.readTextFile(new URL("../../docs/settings.md", import.meta.url));
  assertEquals(plain(written), plain(settingsTable()));
});
