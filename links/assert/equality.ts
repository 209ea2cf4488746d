/**
 * Assertions that two values are, or are not, equal.
 *
 * @module
 */
import nodeAssert from "node:assert/strict";
import { refuse, show } from "./assertion_error.ts";
import { equal } from "./equal.ts";

/** Asserts that `actual` and `expected` are deeply equal, see {@linkcode equal}. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  refuse("Values are not equal", msg, `\n\n${difference(actual, expected)}`);
}

/** Asserts that `actual` and `expected` are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) return;
  refuse(`Expected actual: ${show(actual)} not to be: ${show(expected)}`, msg);
}

/** Asserts that `actual` and `expected` are the same by `Object.is`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  refuse(
    equal(actual, expected)
      ? "Values have the same structure but are not reference-equal"
      : "Values are not strictly equal",
    msg,
    `\n\n${difference(actual, expected)}`,
  );
}

/** Asserts that `actual` and `expected` are not the same by `Object.is`. */
export function assertNotStrictEquals<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  if (Object.is(actual, expected)) {
    refuse(
      `Expected "actual" to not be strictly equal to: ${show(actual)}`,
      msg,
    );
  }
}

/** Asserts that `actual` contains all properties of `expected`, recursively; others are ignored. */
export function assertObjectMatch(
  // deno-lint-ignore no-explicit-any
  actual: Record<PropertyKey, any>,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
): void {
  assertEquals<unknown>(common(actual, expected), expected, msg);
}

/** Returns `actual` restricted to the keys of `expected`, recursively. */
function common(actual: unknown, expected: unknown): unknown {
  if (!isRecord(actual) || !isRecord(expected)) return actual;
  return Object.fromEntries(
    Object.keys(expected).filter((key) => key in actual)
      .map((key) => [key, common(actual[key], expected[key])]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null &&
    [Object, undefined].includes(
      value.constructor as ObjectConstructor | undefined,
    );
}

/** Maximum length of values compared line by line, which takes quadratic time. */
const LONGEST_DIFF = 2000;

function difference(actual: unknown, expected: unknown): string {
  if (isLong(actual) && isLong(expected)) {
    return firstDifference(actual, expected);
  }
  const { message } = new nodeAssert.AssertionError({
    actual,
    expected,
    operator: "deepStrictEqual",
  });
  return message.slice(message.indexOf("\n") + 1).trimStart();
}

function isLong(value: unknown): value is ArrayLike<unknown> {
  return typeof value === "object" && value !== null && "length" in value &&
    Number(value.length) > LONGEST_DIFF;
}

function firstDifference(
  actual: ArrayLike<unknown>,
  expected: ArrayLike<unknown>,
): string {
  const length = Math.max(actual.length, expected.length);
  let at = 0;
  while (at < length && equal(actual[at], expected[at])) at++;
  return `Lengths ${actual.length} and ${expected.length}; the first difference is at ${at}:\n` +
    `actual ${show(actual[at])}, expected ${show(expected[at])}`;
}
