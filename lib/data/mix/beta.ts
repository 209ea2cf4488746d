/**
 * Beta-distributed random numbers.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import type { Rng } from "../../core/rng.ts";

/**
 * Draws a random number from Beta(α, α).
 *
 * @param alpha α, above 0: 1 is uniform, smaller values favour both ends, larger ones the middle.
 * @param random Random stream.
 * @returns A number from 0 to 1.
 * @throws {RangeError} If α is not above 0.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 *
 * const share = beta(0.2, rng(0));
 * assert(share >= 0 && share <= 1);
 * ```
 */
export function beta(alpha: number, random: Rng): number {
  expectRange("above 0", { alpha });
  if (alpha === 1) return random.uniform();
  const a = logGamma(alpha, random), b = logGamma(alpha, random);
  // In logarithms, because for a small α both numbers may underflow.
  return 1 / (1 + Math.exp(b - a));
}

/** Draws the logarithm of a Gamma(α)-distributed number (Marsaglia and Tsang 2000). */
function logGamma(alpha: number, random: Rng): number {
  if (alpha < 1) return logGamma(alpha + 1, random) + Math.log(1 - random.uniform()) / alpha;
  const d = alpha - 1 / 3, c = 1 / Math.sqrt(9 * d);
  while (true) {
    const x = random.normal(), v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}
