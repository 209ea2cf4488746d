/**
 * Flags that do not apply to a run.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";

/**
 * Checks that flags of another kind of run are not given.
 *
 * @param flags Parsed flags.
 * @param names Names of the flags that do not apply, without the dashes.
 * @param what What they do not apply to, for instance `the run of a detector`.
 * @throws {UsageError} If one is given.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * const wrong = () => expectNone({ topk: "3" }, ["topk"], "the run of a detector");
 * assertThrows(wrong, Error, "Expected no --topk for the run of a detector but found it");
 * ```
 */
export function expectNone(
  flags: Readonly<Record<string, unknown>>,
  names: readonly string[],
  what: string,
): void {
  const given = names.find((name) => flags[name] !== undefined);
  if (given === undefined) return;
  throw new UsageError(`Expected no --${given} for ${what} but found it`);
}
