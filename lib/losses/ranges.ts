/**
 * Checks of the numbers that losses are made from.
 *
 * @module
 */

/** What a number has to be: its words in the message, and the test. */
const RANGES: Readonly<Record<string, (value: number) => boolean>> = {
  "above 0": (value) => value > 0 && value < Infinity,
  "at least 0": (value) => value >= 0 && value < Infinity,
  "from 0 to 1": (value) => value >= 0 && value <= 1,
  "at least 0 and below 1": (value) => value >= 0 && value < 1,
};

/** A range, in words. */
export type Range = "above 0" | "at least 0" | "from 0 to 1" | "at least 0 and below 1";

/**
 * Checks numbers, each against the same range.
 *
 * @param range What they have to be.
 * @param values The numbers by name.
 * @throws {RangeError} If one is not, naming it.
 */
export function expectRange(range: Range, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!RANGES[range](value)) {
      throw new RangeError(`Expected ${name} to be ${range} but found ${value}`);
    }
  }
}
