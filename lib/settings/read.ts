/**
 * Parses the value of a setting, from a flag or a file.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { UsageError } from "../core/errors.ts";
import type { Bounds, Kind } from "./setting.ts";
import { type SettingName, SETTINGS, type Settings } from "./table.ts";

/**
 * Parses the value of a flag.
 *
 * @param name Name of the setting.
 * @param typed The text; `true` for a flag without a value; several texts for a repeated flag.
 * @param label Name of the flag in error messages, for instance `--lr`.
 * @returns The parsed value.
 * @throws {UsageError} If the value is invalid or out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readFlag("groups", "20,100", "--groups"), [20, 100]);
 * ```
 */
export function readFlag<Name extends SettingName>(
  name: Name,
  typed: string | boolean | readonly string[],
  label: string,
): Settings[Name] {
  const { kind } = SETTINGS[name];
  if (kind === "texts") {
    return readValue(name, [typed].flat().flatMap((text) => String(text).split(",")), label);
  }
  if (typeof typed !== "string") return readValue(name, typed, label);
  const value = kind === "thresholds"
    ? typed.split(",").map(number)
    : kind === "integer" || kind === "number"
    ? number(typed)
    : typed;
  return readValue(name, value, label, typed);
}

/**
 * Validates a value of a config file.
 *
 * @param name Name of the setting.
 * @param value Value as parsed from JSON.
 * @param label Name of the value in error messages, for instance `lr in run.json`.
 * @param found Value to show in error messages, if not `value` itself.
 * @returns The value.
 * @throws {UsageError} If the value is invalid or out of range.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { UsageError } from "@nbn/toolkit/core";
 *
 * assertThrows(
 *   () => readValue("lr", -1, "lr in run.json"),
 *   UsageError,
 *   "Expected lr in run.json to be a number above 0 but found -1",
 * );
 * ```
 */
export function readValue<Name extends SettingName>(
  name: Name,
  value: unknown,
  label: string,
  found: unknown = value,
): Settings[Name] {
  const kind: Kind = SETTINGS[name];
  const listed = kind.kind === "texts" && typeof value === "string" ? value.split(",") : value;
  if (isValid(kind, listed)) return listed as Settings[Name];
  const hint = kind.kind === "word" && typeof found === "string"
    ? didYouMean(found, kind.words)
    : "";
  throw new UsageError(
    `Expected ${label} to be ${validValues(kind)} but found ${JSON.stringify(found)}${hint}`,
  );
}

/**
 * Validates the settings that a script passes.
 *
 * @param settings Values by name of the setting.
 * @throws {RangeError} If a value is invalid or out of range, with the name of its setting.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * const message = "Expected momentum to be a number of at least 0 and below 1 but found 1";
 * assertThrows(() => expectInRange({ momentum: 1 }), RangeError, message);
 * ```
 */
export function expectInRange(settings: Settings): void {
  for (const [name, value] of Object.entries(settings)) {
    const kind: Kind = SETTINGS[name as SettingName];
    if (isValid(kind, value)) continue;
    throw new RangeError(`Expected ${name} to be ${validValues(kind)} but found ${value}`);
  }
}

function number(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}

function isValid(kind: Kind, value: unknown): boolean {
  switch (kind.kind) {
    case "integer":
      return Number.isSafeInteger(value) && inBounds(kind, value as number);
    case "number":
      return Number.isFinite(value) && inBounds(kind, value as number);
    case "switch":
      return typeof value === "boolean";
    case "word":
      return kind.words.includes(value as string);
    case "text":
      return isText(value);
    case "texts":
      return Array.isArray(value) && value.length > 0 && value.every(isText);
    case "thresholds":
      return Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger) &&
        value[0] >= 1 && value[0] <= value[1];
  }
}

function inBounds({ min = -Infinity, above = -Infinity, below = Infinity }: Bounds, x: number) {
  return x >= min && x > above && x < below;
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

/**
 * Describes the valid values of a setting.
 *
 * @param kind Its kind and range.
 * @returns For instance `a number above 0`.
 */
export function validValues(kind: Kind): string {
  switch (kind.kind) {
    case "integer":
      return `an integer${range(kind)}`;
    case "number":
      return `a number${range(kind)}`;
    case "switch":
      return "true or false";
    case "word":
      return kind.words.length > 2 ? `one of ${kind.words.join(", ")}` : kind.words.join(" or ");
    case "text":
      return "a text";
    case "texts":
      return "texts, separated by commas";
    case "thresholds":
      return "two integers of at least 1 in ascending order";
  }
}

function range({ min, above, below }: Bounds): string {
  const parts = [
    ...(min === undefined ? [] : [`of at least ${min}`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ];
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}
