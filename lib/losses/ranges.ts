/**
 * Range checks of the options of losses.
 *
 * @module
 */

/** Ranges: their wording in error messages, and their predicates. */
const RANGES: Readonly<Record<string, (value: number) => boolean>> = {
  "above 0": (value) => value > 0 && value < Infinity,
  "at least 0": (value) => value >= 0 && value < Infinity,
  "from 0 to 1": (value) => value >= 0 && value <= 1,
  "at least 0 and below 1": (value) => value >= 0 && value < 1,
};

/** A range, as worded in error messages. */
export type Range = "above 0" | "at least 0" | "from 0 to 1" | "at least 0 and below 1";

/**
 * Checks numbers, each against the same range.
 *
 * @param range The range.
 * @param values The numbers by name.
 * @throws {RangeError} If a number is out of range; the message names it.
 */
export function expectRange(range: Range, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!RANGES[range](value)) {
      throw new RangeError(`Expected ${name} to be ${range} but found ${value}`);
    }
  }
}
