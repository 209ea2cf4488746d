/**
 * Arguments of `deno task data`.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";

/** What the user typed. */
export type DataFlags = { readonly [name: string]: string | boolean | undefined };

/**
 * The only argument of a command.
 *
 * @param positionals What the user typed besides flags.
 * @param what What it has to be, for messages.
 * @returns The argument.
 * @throws {UsageError} If there is not just one.
 */
export function onlyArgument(positionals: readonly string[], what: string): string {
  if (positionals.length === 1) return positionals[0];
  throw new UsageError(
    `Expected ${what} but found ${positionals.length === 0 ? "none" : positionals.join(" ")}`,
  );
}

/**
 * A flag that cannot be left out.
 *
 * @param flags What the user typed.
 * @param name Name of the flag.
 * @param what What it is, for messages.
 * @returns Its value.
 * @throws {UsageError} If it is missing.
 */
export function neededFlag(flags: DataFlags, name: string, what: string): string {
  const value = flags[name];
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(`Expected --${name}, ${what}`);
}
