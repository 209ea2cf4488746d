/**
 * The error of every assertion, and how its message is put together.
 *
 * @module
 */
import { inspect } from "node:util";

/** Thrown by every assertion that does not hold. */
export class AssertionError extends Error {
  /** Always `AssertionError`. */
  override name = "AssertionError";

  /**
   * Makes the error.
   *
   * @param message What was expected.
   * @param options The cause, if any.
   */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/**
 * Throws: what does not hold, then the caller's own remark.
 *
 * @param what The sentence, without its full stop.
 * @param remark The caller's `msg`.
 * @param detail What follows on lines of its own.
 * @throws {AssertionError} Always.
 */
export function refuse(what: string, remark?: string, detail = ""): never {
  throw new AssertionError(`${what}${remark ? `: ${remark}` : "."}${detail}`);
}

/**
 * A value as text for a message, cut where it would fill the screen.
 *
 * @param value Any value.
 * @returns Its text.
 */
export function show(value: unknown): string {
  return inspect(value, {
    depth: 10,
    sorted: true,
    maxArrayLength: 200,
    breakLength: 100,
  });
}
