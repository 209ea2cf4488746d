/**
 * Arguments of `deno task data`.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";

/** Parsed flags. */
export type DataFlags = { readonly [name: string]: string | boolean | undefined };

/**
 * Returns the only positional argument of a command.
 *
 * @param positionals Positional arguments.
 * @param what Description of the argument for the error message.
 * @returns The argument.
 * @throws {UsageError} If there is not exactly one.
 */
export function onlyArgument(positionals: readonly string[], what: string): string {
  if (positionals.length === 1) return positionals[0];
  throw new UsageError(
    `Expected ${what} but found ${positionals.length === 0 ? "none" : positionals.join(" ")}`,
  );
}

/**
 * Returns the value of a required flag.
 *
 * @param flags Parsed flags.
 * @param name Name of the flag, without the dashes.
 * @param what Description of the flag for the error message.
 * @returns Its value.
 * @throws {UsageError} If it is missing or empty.
 */
export function neededFlag(flags: DataFlags, name: string, what: string): string {
  const value = flags[name];
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(`Expected --${name}, ${what}`);
}
