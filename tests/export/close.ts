/**
 * Comparing what an exported network says with what it said here.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";

/** What a network says about a batch. */
export interface Answer {
  readonly logits: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
}

/**
 * Asserts that logits are the expected ones, to 1e-4 of the largest, and that probabilities are their softmax.
 *
 * @param answer The exported network's.
 * @param expected Logits, row by row.
 * @param classes Length of a row.
 * @param what Whose answer it is.
 */
export function assertSameAnswer(
  { logits, probabilities }: Answer,
  expected: ArrayLike<number>,
  classes: number,
  what: string,
): void {
  assertEquals([logits.length, probabilities.length], [expected.length, expected.length], what);
  const right = Array.from(expected);
  const largest = Math.max(...right.map(Math.abs));
  assert(largest > 0.01, `${what}: the logits are ${right}`);
  right.forEach((value, i) => assertAlmostEquals(logits[i], value, 1e-4 * largest, what));
  for (let first = 0; first < right.length; first += classes) {
    const weights = right.slice(first, first + classes).map(Math.exp);
    const sum = weights.reduce((a, b) => a + b);
    weights.forEach((weight, i) =>
      assertAlmostEquals(probabilities[first + i], weight / sum, 1e-4, what)
    );
  }
}
