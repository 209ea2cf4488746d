/**
 * Assertions that compare numbers.
 *
 * @module
 */
import { refuse, show } from "./assertion_error.ts";

/**
 * Asserts that two numbers differ by at most `tolerance`, by default 1e-7 times the absolute value of
 * `expected`.
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ??
    (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  const delta = Math.abs(expected - actual);
  if (delta <= allowed) return;
  refuse(
    `Expected actual: "${short(actual)}" to be close to "${short(expected)}": ` +
      `delta "${short(delta)}" is greater than "${short(allowed)}"`,
    msg,
  );
}

/** Asserts that `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual > expected)) {
    refuse(`Expect ${show(actual)} > ${show(expected)}`, msg);
  }
}

/** Asserts that `actual >= expected`. */
export function assertGreaterOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  if (!(actual >= expected)) {
    refuse(`Expect ${show(actual)} >= ${show(expected)}`, msg);
  }
}

/** Asserts that `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual < expected)) {
    refuse(`Expect ${show(actual)} < ${show(expected)}`, msg);
  }
}

/** Asserts that `actual <= expected`. */
export function assertLessOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  if (!(actual <= expected)) {
    refuse(`Expect ${show(actual)} <= ${show(expected)}`, msg);
  }
}

function short(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toExponential();
}
