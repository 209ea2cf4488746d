/**
 * Comparison of the outputs of an exported network with those of the original.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";

/** Outputs of a network for a batch, row by row. */
export interface Answer {
  readonly logits: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
}

/**
 * Asserts that logits equal the expected ones within 1e-4 of the largest magnitude, and that probabilities are the
 * softmax of the expected logits within 1e-4.
 *
 * @param answer Outputs of the exported network.
 * @param expected Logits, row by row.
 * @param classes Length of a row.
 * @param what Name of the network for messages.
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
