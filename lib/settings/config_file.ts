/**
 * Config files: settings as JSON.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { UsageError } from "../core/errors.ts";
import type { TrainOptions } from "./train_options.ts";
import { trainOptions } from "./options_to_settings.ts";
import { readValue } from "./read.ts";
import type { Setting } from "./setting.ts";
import { SETTING_NAMES, type SettingName, SETTINGS, type Settings } from "./table.ts";

/**
 * Reads a config file, or the `config.json` of a run, as options of {@linkcode train}.
 *
 * @param path The file.
 * @returns The options; unset ones are omitted.
 * @throws {UsageError} If the file cannot be read or is no config file, has an unknown setting, a value out of range or
 * several recipes, or belongs to a run with options that a file cannot hold.
 *
 * @example A run once more, with one change
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readTrainOptions, train } from "@nbn/toolkit/train";
 *
 * const out = await Deno.makeTempDir();
 * await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out: `${out}/run` });
 * const options = await readTrainOptions(`${out}/run/config.json`);
 * const { iterations } = await train({ ...options, lr: 0.05 });
 * assertEquals(iterations, 1);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function readTrainOptions(path: string): Promise<TrainOptions> {
  const settings = await readSettings(path);
  if ((settings.recipe?.length ?? 1) > 1) {
    throw new UsageError(
      `Expected one recipe in ${path} but found ${settings.recipe!.join(" and ")}`,
    );
  }
  return trainOptions(settings);
}

/**
 * Reads a config file: an object of settings by name, or the `config.json` of a run, which contains the settings that
 * it was trained with.
 *
 * @param path The file.
 * @returns The settings.
 * @throws {UsageError} If the file cannot be read or is no config file, has an unknown setting or a value out of range,
 * or belongs to a run with options that a file cannot hold.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, `{ "recipe": "builtin/ce", "weightDecay": 1e-4 }`);
 * assertEquals(await readSettings(path), { recipe: ["builtin/ce"], weightDecay: 1e-4 });
 * await Deno.remove(path);
 * ```
 */
export async function readSettings(path: string): Promise<Settings> {
  let found: unknown;
  try {
    found = JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    throw new UsageError(
      `Expected a config file in JSON at ${path} but could not read it: ${
        (error as Error).message
      }`,
      { cause: error },
    );
  }
  if (!isRecord(found)) {
    throw new UsageError(
      `Expected ${path} to contain an object of settings but found another value`,
    );
  }
  return parseSettings(isRecord(found.training) ? settingsOfRun(found, path) : found, path);
}

/** Returns the settings in the `config.json` of a run. */
function settingsOfRun(
  { settings, pieces }: Record<string, unknown>,
  path: string,
): Record<string, unknown> {
  if (Array.isArray(pieces) && pieces.length > 0) {
    throw new UsageError(
      `Expected ${path} to contain all options of its run but found a run to which a ` +
        `script passed ${pieces.join(", ")}: repeat it in that script`,
    );
  }
  if (isRecord(settings)) return settings;
  throw new UsageError(
    `Expected ${path} to contain the settings of its run but found none: it was written by an earlier version`,
  );
}

/** Validates names and values. */
function parseSettings(found: Record<string, unknown>, path: string): Settings {
  const settings: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(found)) {
    if (!Object.hasOwn(SETTINGS, name)) {
      throw new UsageError(
        `Expected ${path} to hold settings that --help lists but found "${name}"` +
          didYouMean(name.replace(/-./g, (dash) => dash[1].toUpperCase()), SETTING_NAMES),
      );
    }
    settings[name] = readValue(name as SettingName, value, `${name} in ${path}`);
  }
  return settings;
}

/**
 * Merges the settings of a file with flags that override them.
 *
 * @param file Settings of a file.
 * @param flags Overrides: each replaces the same setting of the file and its alternatives (`epochs` for `iterations`).
 * @returns The merged settings.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(overridden({ epochs: 20, lr: 0.1 }, { iterations: 500 }), { lr: 0.1, iterations: 500 });
 * ```
 */
export function overridden(file: Settings, flags: Settings): Settings {
  const given = SETTING_NAMES.filter((name) => flags[name] !== undefined);
  const replaced = new Set(given.flatMap((name) => (SETTINGS[name] as Setting).alternatives ?? []));
  const kept = Object.entries(file).filter(([name]) => !replaced.has(name));
  return { ...Object.fromEntries(kept), ...flags };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
