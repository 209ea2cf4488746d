/**
 * Numbers among the flags.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";

/** What a number has to be. */
export interface NumberRule {
  /** Smallest value allowed. */
  readonly least: number;
  /** Whether fractions are refused. */
  readonly integer: boolean;
}

/**
 * Reads the number of a flag.
 *
 * @param flag Its name, without the dashes.
 * @param text What the user typed; nothing if the flag was left out.
 * @param rule What it has to be.
 * @returns The number, or `undefined`.
 * @throws {UsageError} If it is not such a number.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { UsageError } from "../core/errors.ts";
 *
 * assertThrows(() => numberFlag("imbalance", "0.5", { least: 1, integer: false }), UsageError);
 * ```
 */
export function numberFlag(
  flag: string,
  text: string | undefined,
  { least, integer }: NumberRule,
): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? NaN : Number(text);
  const right = integer ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (right && value >= least) return value;
  throw new UsageError(
    `Expected --${flag} to be ${
      integer ? "an integer" : "a number"
    } of at least ${least} but found "${text}"`,
  );
}

/** At least 1, whole. */
export const POSITIVE: NumberRule = { least: 1, integer: true };
