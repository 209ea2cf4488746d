/**
 * Learning rate schedules in sequence.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { Schedule } from "./schedule.ts";
import { withoutWarmup } from "./warmup.ts";

/**
 * Runs schedules one after another; each counts its steps from its own beginning.
 *
 * @param schedules At least one schedule.
 * @param at First step of each schedule after the first, ascending.
 * @returns The schedule.
 * @throws {RangeError} If the steps are not ascending integers of at least 0.
 * @throws {TypeError} If the number of steps is not that of the schedules without the first.
 *
 * @example Warm-up, a plateau, and a decay
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { constantSchedule, cosineDecay, joinSchedules, linearSchedule } from "@nbn/toolkit/optim";
 *
 * const rate = joinSchedules([
 *   linearSchedule({ start: 0, end: 0.1, iterations: 10 }),
 *   constantSchedule(0.1),
 *   cosineDecay({ rate: 0.1, iterations: 40 }),
 * ], [10, 60]);
 * [0.05, 0.1, 0.05].forEach((value, i) => assertAlmostEquals(rate([5, 30, 80][i]), value));
 * ```
 */
export function joinSchedules(schedules: readonly Schedule[], at: readonly number[]): Schedule {
  if (schedules.length !== at.length + 1) {
    throw new TypeError(
      `Expected a first step for each of ${schedules.length} schedules but the first but found ` +
        `${at.length}`,
    );
  }
  at.forEach((step, i) => {
    expectRange("an integer of at least 0", { [`at[${i}]`]: step });
    if (i > 0 && step < at[i - 1]) {
      throw new RangeError(`Expected at to ascend but found ${step} after ${at[i - 1]}`);
    }
  });
  return withoutWarmup((iteration) => {
    const index = at.filter((step) => iteration >= step).length;
    return schedules[index](index === 0 ? iteration : iteration - at[index - 1]);
  });
}
