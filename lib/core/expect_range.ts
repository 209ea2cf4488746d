/**
 * Range checks of options.
 *
 * @module
 */

/** Ranges by their wording in error messages. */
const RANGES = {
  "above 0": (value: number) => value > 0 && value < Infinity,
  "at least 0": (value: number) => value >= 0 && value < Infinity,
  "from 0 to 1": (value: number) => value >= 0 && value <= 1,
  "at least 0 and below 1": (value: number) => value >= 0 && value < 1,
  "an integer of at least 0": (value: number) => Number.isSafeInteger(value) && value >= 0,
  "an integer of at least 1": (value: number) => Number.isSafeInteger(value) && value >= 1,
} as const;

/** A range, as worded in error messages. */
export type Range = keyof typeof RANGES;

/**
 * Checks numbers, each against the same range.
 *
 * @param range The range; infinity is outside all of them.
 * @param values The numbers by name.
 * @throws {RangeError} If a number is out of range; the message names it.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * expectRange("from 0 to 1", { momentum: 0.9 });
 * const wrong = () => expectRange("from 0 to 1", { momentum: 2 });
 * assertThrows(wrong, RangeError, "Expected momentum to be from 0 to 1 but found 2");
 * ```
 */
export function expectRange(range: Range, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!RANGES[range](value)) {
      throw new RangeError(`Expected ${name} to be ${range} but found ${value}`);
    }
  }
}
