/**
 * Rounding half to even, as in Python and PyTorch.
 *
 * @module
 */

/**
 * Rounds to the nearest integer, and halves to the nearest even integer.
 *
 * @param value Any finite number.
 * @returns The integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0.5, 1.5, 2.5, 2.6].map(halfToEven), [0, 2, 2, 3]);
 * ```
 */
export function halfToEven(value: number): number {
  const below = Math.floor(value), rest = value - below;
  return rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1;
}
