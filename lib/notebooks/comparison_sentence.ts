/**
 * Sentence that compares two runs with the paper.
 *
 * @module
 */
import { fixed, type Prose, prose } from "../plots/prose.ts";

/** A finding of the paper: which of two runs has the smaller value. */
export interface PaperFinding {
  /** Name of the run with the smaller value in the paper. */
  readonly smaller: string;
  /** Name of the run with the larger value in the paper. */
  readonly larger: string;
}

/**
 * States which of two runs has the smaller value, and whether that agrees with the paper.
 *
 * @param what Name of the compared quantity.
 * @param values Values keyed by run name.
 * @param finding The finding of the paper.
 * @returns A sentence or two.
 * @throws {RangeError} If one of the runs has no value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { comparisonSentence } from "@nbn/toolkit/notebooks";
 *
 * const values = { "CE": 0.1822, "NBN": 0.10264 };
 * assertEquals(
 *   comparisonSentence("Unevenness of γ", values, { smaller: "NBN", larger: "CE" }).text,
 *   'Unevenness of γ: 0.1026 for "NBN" is below 0.1822 for "CE", as in the paper.',
 * );
 * ```
 */
export function comparisonSentence(
  what: string,
  values: Readonly<Record<string, number>>,
  { smaller, larger }: PaperFinding,
): Prose {
  const lacking = [smaller, larger].find((name) => !Number.isFinite(values[name]));
  if (lacking !== undefined) {
    const known = Object.keys(values).join(", ") || "none";
    throw new RangeError(`Expected ${what} of "${lacking}" but found only that of ${known}`);
  }
  const [less, more] = [fixed(values[smaller], 4), fixed(values[larger], 4)];
  return values[smaller] < values[larger]
    ? prose`${what}: ${less} for "${smaller}" is below ${more} for "${larger}", as in the paper.`
    : prose`${what}: ${less} for "${smaller}" is not below ${more} for "${larger}", unlike in the paper. These runs do
      not show it.`;
}
