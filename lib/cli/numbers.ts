/**
 * Numeric flags.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";

/** Constraints on a numeric flag. */
export interface NumberRule {
  /** Lower bound, inclusive. */
  readonly min: number;
  /** Whether the value must be an integer. */
  readonly integer: boolean;
}

/**
 * Parses and validates the value of a numeric flag.
 *
 * @param flag Name of the flag, without the dashes.
 * @param text Value as typed; `undefined` if the flag is absent.
 * @param rule Constraints on the number.
 * @returns The number, or `undefined` if the flag is absent.
 * @throws {UsageError} If the value is not a number, or violates the constraints.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { UsageError } from "@nbn/toolkit/core";
 *
 * assertThrows(() => numberFlag("imbalance", "0.5", { min: 1, integer: false }), UsageError);
 * ```
 */
export function numberFlag(
  flag: string,
  text: string | undefined,
  { min, integer }: NumberRule,
): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? NaN : Number(text);
  const right = integer ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (right && value >= min) return value;
  throw new UsageError(
    `Expected --${flag} to be ${
      integer ? "an integer" : "a number"
    } of at least ${min} but found "${text}"`,
  );
}

/** An integer of at least 1. */
export const POSITIVE: NumberRule = { min: 1, integer: true };
