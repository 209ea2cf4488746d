/**
 * Assertions about the truth, presence or class of a value.
 *
 * @module
 */
import { AssertionError, refuse, show } from "./assertion_error.ts";

/** A falsy value. */
export type Falsy = false | 0 | 0n | "" | null | undefined;

/** Any class, abstract or not. */
// deno-lint-ignore no-explicit-any
export type AnyConstructor = abstract new (...args: any[]) => any;

/** Asserts that `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Asserts that `expr` is falsy. */
export function assertFalse(expr: unknown, msg = ""): asserts expr is Falsy {
  if (expr) throw new AssertionError(msg);
}

/** Asserts that `actual` is neither null nor undefined. */
export function assertExists<T>(
  actual: T,
  msg?: string,
): asserts actual is NonNullable<T> {
  if (actual === undefined || actual === null) {
    refuse(`Expected actual: "${actual}" to not be null or undefined`, msg);
  }
}

/** Asserts that `actual` is an instance of `expectedType`. */
export function assertInstanceOf<T extends AnyConstructor>(
  actual: unknown,
  expectedType: T,
  msg?: string,
): asserts actual is InstanceType<T> {
  if (actual instanceof expectedType) return;
  const found = actual === null
    ? "null"
    : typeof actual === "object"
    ? `an instance of "${actual.constructor?.name ?? "Object"}"`
    : `"${typeof actual}"`;
  refuse(
    `Expected object to be an instance of "${expectedType.name}" but was ${found}`,
    msg,
  );
}

/** Asserts that `actual` is not an instance of `unexpectedType`. */
export function assertNotInstanceOf<T>(
  actual: unknown,
  unexpectedType: abstract new (...args: never[]) => T,
  msg?: string,
): void {
  if (actual instanceof unexpectedType) {
    refuse(
      `Expected ${show(actual)} to not be an instance of "${unexpectedType.name}"`,
      msg,
    );
  }
}

/** Fails unconditionally. */
export function fail(msg?: string): never {
  refuse("Failed assertion", msg);
}

/** Marks unreachable code; fails if it is reached. */
export function unreachable(msg?: string): never {
  refuse("Unreachable", msg);
}
