/**
 * Assertions about the members of arrays.
 *
 * @module
 */
import { refuse, show } from "./assertion_error.ts";
import { equal } from "./equal.ts";

/** An array, a typed array, or anything with a length and indices. */
export type ArrayLikeArg<T> = ArrayLike<T> & object;

/** Asserts that each member of `expected` is deeply equal to some member of `actual`. */
export function assertArrayIncludes<T>(
  actual: ArrayLikeArg<T>,
  expected: ArrayLikeArg<T>,
  msg?: string,
): void {
  const members = Array.from(actual);
  const missing = Array.from(expected).filter((wanted) =>
    !members.some((member) => equal(member, wanted))
  );
  if (missing.length > 0) {
    refuse(
      `Expected actual: "${show(actual)}" to include: "${show(expected)}"`,
      msg,
      `\nmissing: ${show(missing)}`,
    );
  }
}
