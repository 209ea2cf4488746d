/**
 * Reading environment variables that launchers set.
 *
 * @module
 */
import { InputError } from "../core/errors.ts";

/** Returns the value of an environment variable, or `undefined` if it is not set. */
export type Environment = (name: string) => string | undefined;

/** The environment of this process. */
export const processEnvironment: Environment = (name) => Deno.env.get(name);

/**
 * Reads a variable that must be set.
 *
 * @param environment The environment.
 * @param name Name of the variable.
 * @param hint What to do if it is wrong.
 * @returns Its value, without surrounding space.
 * @throws {InputError} If it is not set, or empty.
 */
export function expectVariable(environment: Environment, name: string, hint: string): string {
  const text = environment(name)?.trim();
  if (text) return text;
  throw new InputError(`Expected ${name} to be set but found none: ${hint}`);
}

/** Range of an integer variable, inclusive. */
export interface IntegerRange {
  /** Lower bound. */
  readonly min: number;
  /**
   * Upper bound.
   *
   * @default {none}
   */
  readonly max?: number;
}

/**
 * Reads an integer variable that must be set.
 *
 * @param environment The environment.
 * @param name Name of the variable.
 * @param range Its range.
 * @param hint What to do if it is wrong.
 * @returns Its value.
 * @throws {InputError} If it is not set, no integer, or out of range.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { InputError } from "@nbn/toolkit/core";
 *
 * const rank = (text: string) => expectInteger(() => text, "RANK", { min: 0, max: 3 }, "torchrun sets it");
 * assertEquals(rank("3"), 3);
 * const message = 'Expected RANK to be an integer from 0 to 3 but found "4": torchrun sets it';
 * assertThrows(() => rank("4"), InputError, message);
 * ```
 */
export function expectInteger(
  environment: Environment,
  name: string,
  { min, max }: IntegerRange,
  hint: string,
): number {
  const text = expectVariable(environment, name, hint);
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(value) && value >= min && value <= (max ?? Infinity)) return value;
  const range = max === undefined ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new InputError(
    `Expected ${name} to be an integer ${range} but found ${JSON.stringify(text)}: ${hint}`,
  );
}
