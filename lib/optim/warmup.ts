/**
 * Linear warm-up of a learning rate schedule.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { Schedule } from "./schedule.ts";

/**
 * Adds a linear warm-up to a schedule: step i of n, from 0, has (i + 1) / n of its rate.
 *
 * @param schedule The schedule.
 * @param steps Number n of warm-up steps, from 0.
 * @returns The schedule.
 * @throws {RangeError} If the number of steps is not an integer of at least 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { constantSchedule, withWarmup } from "@nbn/toolkit/optim";
 *
 * const rate = withWarmup(constantSchedule(0.1), 5);
 * assertAlmostEquals(rate(0), 0.02);
 * assertAlmostEquals(rate(4), 0.1);
 * assertAlmostEquals(rate(5), 0.1);
 * ```
 */
export function withWarmup(schedule: Schedule, steps: number): Schedule {
  expectRange("an integer of at least 0", { steps });
  const rate = (iteration: number) =>
    schedule(iteration) * Math.min(1, (iteration + 1) / Math.max(1, steps));
  const withSteps = (steps: number) => withWarmup(schedule, steps);
  return Object.assign(rate, { warmup: { present: true, withSteps } });
}

/**
 * Declares that a schedule has no warm-up, so that one can be added.
 *
 * @param rate Learning rate by step.
 * @returns The schedule.
 */
export function withoutWarmup(rate: (iteration: number) => number): Schedule {
  const schedule = (iteration: number) => rate(iteration);
  const withSteps = (steps: number) => withWarmup(rate, steps);
  return Object.assign(schedule, { warmup: { present: false, withSteps } });
}
