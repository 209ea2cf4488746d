/** A thin stand-in for `jsr:@std/assert` over `node:assert`, for machines that cannot reach JSR. */
import assert from "node:assert/strict";

/** Thrown by every assertion. */
export const AssertionError = assert.AssertionError;

/** Asserts that a value is truthy. */
export function assertTrue(value: unknown, message?: string): asserts value {
  assert.ok(value, message);
}
