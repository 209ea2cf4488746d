/**
 * Assertions that a function throws, or that a promise is rejected.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";
import { AssertionError, refuse } from "./assertion_error.ts";

/** A class of errors, abstract or not. */
export type ErrorClass<E extends Error = Error> = abstract new (
  // deno-lint-ignore no-explicit-any
  ...args: any[]
) => E;

/** Asserts that `error` is an `ErrorClass` whose message contains or matches `msgMatches`. */
export function assertIsError<E extends Error = Error>(
  error: unknown,
  ErrorClass?: ErrorClass<E>,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E {
  if (!(error instanceof Error)) {
    refuse(
      `Expected "error" to be an Error object, but was ${typeof error}`,
      msg,
    );
  }
  if (ErrorClass && !(error instanceof ErrorClass)) {
    refuse(
      `Expected error to be instance of "${ErrorClass.name}", ` +
        `but was "${error.constructor.name}" (${error.message})`,
      msg,
    );
  }
  const message = stripVTControlCharacters(error.message);
  const fits = msgMatches === undefined ||
    (typeof msgMatches === "string"
      ? message.includes(stripVTControlCharacters(msgMatches))
      : message.search(msgMatches) >= 0);
  if (!fits) {
    const wanted = typeof msgMatches === "string" ? JSON.stringify(msgMatches) : msgMatches;
    refuse(
      `Expected error message to include ${wanted}, but got ${JSON.stringify(error.message)}`,
      msg,
    );
  }
}

/** Asserts that `fn` throws, and returns what it threw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Asserts that `fn` throws an `ErrorClass` whose message contains `msgIncludes`, and returns it. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  classOrMessage?: ErrorClass<E> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const remark = typeof classOrMessage === "string" ? classOrMessage : msg;
  try {
    fn();
  } catch (error) {
    return judged(error, classOrMessage, msgIncludes, remark, "thrown");
  }
  refuse("Expected function to throw", remark);
}

/** Asserts that the promise of `fn` is rejected, and returns the reason. */
export function assertRejects(
  fn: () => PromiseLike<unknown>,
  msg?: string,
): Promise<unknown>;
/** Asserts that the promise of `fn` is rejected with an `ErrorClass` whose message contains `msgIncludes`. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  classOrMessage?: ErrorClass<E> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  const remark = typeof classOrMessage === "string" ? classOrMessage : msg;
  let promise: PromiseLike<unknown>;
  try {
    promise = fn();
  } catch (cause) {
    throw new AssertionError(
      `Function throws when expected to reject${remark ? `: ${remark}` : "."}`,
      { cause },
    );
  }
  if (typeof promise?.then !== "function") {
    refuse(
      "Function throws when expected to reject: it returned no promise",
      remark,
    );
  }
  try {
    await promise;
  } catch (error) {
    return judged(error, classOrMessage, msgIncludes, remark, "rejected");
  }
  refuse("Expected function to reject", remark);
}

function judged<E extends Error>(
  error: unknown,
  wanted: ErrorClass<E> | string | undefined,
  msgIncludes: string | undefined,
  remark: string | undefined,
  how: "thrown" | "rejected",
): unknown {
  if (typeof wanted !== "function") return error;
  if (!(error instanceof Error)) {
    refuse(`A non-Error object was ${how}`, remark);
  }
  assertIsError(error, wanted, msgIncludes, remark);
  return error;
}
