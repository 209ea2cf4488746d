/**
 * Assertions about strings.
 *
 * @module
 */
import { refuse } from "./assertion_error.ts";

/** Asserts that `actual` contains `expected`. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  msg?: string,
): void {
  if (!actual.includes(expected)) {
    refuse(`Expected actual: "${actual}" to contain: "${expected}"`, msg);
  }
}

/** Asserts that `actual` matches the pattern. */
export function assertMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void {
  if (!found(actual, expected)) {
    refuse(`Expected actual: "${actual}" to match: "${expected}"`, msg);
  }
}

/** Asserts that `actual` does not match the pattern. */
export function assertNotMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void {
  if (found(actual, expected)) {
    refuse(`Expected actual: "${actual}" to not match: "${expected}"`, msg);
  }
}

/** Unlike `RegExp.test`, ignores the `lastIndex` of a pattern with the flag `g`. */
function found(text: string, pattern: RegExp): boolean {
  return text.search(pattern) >= 0;
}
