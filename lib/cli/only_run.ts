/**
 * The run of a command.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";

/**
 * Returns the only positional argument of a command that takes a run folder or a checkpoint.
 *
 * @param runs Positional arguments.
 * @returns The path.
 * @throws {UsageError} If there is not exactly one.
 */
export function onlyRun(runs: readonly string[]): string {
  if (runs.length === 1) return runs[0];
  throw new UsageError(`Expected one run folder or checkpoint but found ${runs.length || "none"}`);
}
