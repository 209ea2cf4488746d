/**
 * Step decay of the learning rate.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { expectRate, type Schedule } from "./schedule.ts";
import { withoutWarmup } from "./warmup.ts";

/** Options of {@linkcode stepDecay}. */
export interface StepDecayOptions {
  /** Initial learning rate. */
  rate: number;
  /** Steps at which the rate changes, ascending. */
  at: readonly number[];
  /**
   * Factor on the rate at each of these steps.
   *
   * @default {0.1}
   */
  factor?: number;
}

/**
 * Step decay: the rate is multiplied by a factor at given steps.
 *
 * @param options Rate, steps, factor.
 * @returns The schedule.
 * @throws {RangeError} If the rate is negative, or the steps are not ascending.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { stepDecay } from "@nbn/toolkit/optim";
 *
 * const rate = stepDecay({ rate: 0.1, at: [160, 180] });
 * assertAlmostEquals(rate(159), 0.1);
 * assertAlmostEquals(rate(160), 0.01);
 * ```
 */
export function stepDecay({ rate, at, factor = 0.1 }: StepDecayOptions): Schedule {
  expectRate("rate", rate);
  expectRate("factor", factor);
  at.forEach((step, i) => {
    expectRange("an integer of at least 0", { [`at[${i}]`]: step });
    if (i > 0 && step <= at[i - 1]) {
      throw new RangeError(`Expected at to ascend but found ${step} after ${at[i - 1]}`);
    }
  });
  return withoutWarmup((iteration) =>
    rate * factor ** at.filter((step) => iteration >= step).length
  );
}
