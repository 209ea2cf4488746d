/**
 * Messages of what is refused, to be read.
 *
 * @module
 */

/**
 * Does what is bound to fail and returns its message, so that a notebook can show it and go on.
 *
 * @param what Something that is refused.
 * @returns Name and message of the error.
 * @throws {Error} If nothing was wrong.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await refusal(() => { throw new RangeError("Expected 1"); }), "RangeError: Expected 1");
 * ```
 */
export async function refusal(what: () => unknown): Promise<string> {
  try {
    await what();
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
  throw new Error("Expected something to be wrong but nothing was");
}
