/**
 * Whether two runs differ as the paper's do, in words.
 *
 * @module
 */
import { fixed, type Prose, prose } from "../plots/prose.ts";

/** Which of two runs has the smaller value in the paper. */
export interface PaperFinding {
  /** Name of the run whose value is the smaller one in the paper. */
  readonly smaller: string;
  /** Name of the run whose value is the larger one. */
  readonly larger: string;
}

/**
 * Sets the values of two runs against each other, and against what the paper found.
 *
 * @param what What the values are.
 * @param values Values by the name of the run.
 * @param finding Which of two runs has the smaller one in the paper.
 * @returns A sentence or two.
 * @throws {RangeError} If one of the runs has no value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
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
