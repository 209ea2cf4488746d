/**
 * Student's t distribution.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";

/**
 * Returns the probability that the absolute value of a t-distributed variable is at most `t`, in closed form
 * (Abramowitz and Stegun, 26.7.3 and 26.7.4).
 *
 * @param t Limit, at least 0.
 * @param degrees Degrees of freedom, an integer of at least 1.
 * @returns The probability, in [0, 1].
 * @throws {RangeError} If an argument is out of range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(studentT(1, 1), 0.5, 1e-12);
 * ```
 */
export function studentT(t: number, degrees: number): number {
  expectRange("an integer of at least 1", { "degrees of freedom": degrees });
  if (!(t >= 0)) throw new RangeError(`Expected t to be at least 0 but found ${t}`);
  const angle = Math.atan2(t, Math.sqrt(degrees)), sine = Math.sin(angle), cosine = Math.cos(angle);
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1, sum = degrees === 1 ? 0 : term;
  for (let power = odd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= cosine ** 2 * (power - 1) / power;
    sum += term;
  }
  return odd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
}

/**
 * Returns the critical value of the two-sided t-test: a t-distributed variable lies between its negative and itself
 * with a given probability.
 *
 * @param confidence The probability, in [0, 1).
 * @param degrees Degrees of freedom, an integer of at least 1.
 * @returns The critical value.
 * @throws {RangeError} If an argument is out of range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Five seeds: four degrees of freedom.
 * assertAlmostEquals(criticalT(0.95, 4), 2.776, 1e-3);
 * ```
 */
export function criticalT(confidence: number, degrees: number): number {
  expectRange("at least 0 and below 1", { confidence });
  let low = 0, high = 1;
  while (studentT(high, degrees) < confidence) high *= 2;
  // Until neighbouring numbers are reached.
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (studentT(middle, degrees) < confidence) low = middle;
    else high = middle;
  }
  return high;
}
