/**
 * The error thrown by all assertions, and helpers to format its message.
 *
 * @module
 */
import { inspect } from "node:util";

/** Thrown if an assertion fails. */
export class AssertionError extends Error {
  /** Always `AssertionError`. */
  override name = "AssertionError";

  /**
   * Creates the error.
   *
   * @param message What was expected.
   * @param options The cause, if any.
   */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/**
 * Throws an error with the failed assertion, the caller's message, and details.
 *
 * @param what Description of the failure, without a full stop.
 * @param remark The caller's `msg`.
 * @param detail Text appended to the message, with its own line breaks.
 * @throws {AssertionError} Always.
 */
export function refuse(what: string, remark?: string, detail = ""): never {
  throw new AssertionError(`${what}${remark ? `: ${remark}` : "."}${detail}`);
}

/**
 * Formats a value for a message, truncated if it is deep or long.
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
