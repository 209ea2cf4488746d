/**
 * Display of expected errors.
 *
 * @module
 */

/**
 * Calls a function that is expected to throw and returns the error message, so that a notebook can show it and
 * continue.
 *
 * @param what Function that is expected to throw.
 * @returns Name and message of the error.
 * @throws {Error} If the function does not throw.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { errorMessageOf } from "@nbn/toolkit/notebooks";
 *
 * assertEquals(await errorMessageOf(() => { throw new RangeError("Expected 1"); }), "RangeError: Expected 1");
 * ```
 */
export async function errorMessageOf(what: () => unknown): Promise<string> {
  try {
    await what();
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
  throw new Error("Expected an error but nothing was thrown");
}
