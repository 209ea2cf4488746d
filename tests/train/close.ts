import { assert, assertEquals } from "@std/assert";

/** Asserts that two vectors differ by less than `tolerance` of the second's length. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  assertEquals(actual.length, expected.length);
  let difference = 0, length = 0;
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i] - expected[i]) ** 2;
    length += expected[i] ** 2;
  }
  const relative = Math.sqrt(difference) / Math.max(Math.sqrt(length), 1e-12);
  assert(
    relative <= tolerance,
    `Expected a difference of at most ${tolerance} but found ${relative}`,
  );
}
