/**
 * Linear change of the learning rate.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { expectRate, type Schedule } from "./schedule.ts";
import { withoutWarmup } from "./warmup.ts";

/** Options of {@linkcode linearSchedule}. */
export interface LinearScheduleOptions {
  /** Learning rate of the first step, from 0. */
  readonly start: number;
  /** Learning rate after all steps, from 0. */
  readonly end: number;
  /** Number of steps, at least 1; later ones keep the last rate. */
  readonly iterations: number;
}

/**
 * Changes the learning rate by the same amount in every step.
 *
 * @param options Rates and number of steps.
 * @returns The schedule.
 * @throws {RangeError} If a rate is negative, or the number of steps is not an integer of at least 1.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { linearSchedule } from "@nbn/toolkit/optim";
 *
 * assertAlmostEquals(linearSchedule({ start: 0.1, end: 0.2, iterations: 4 })(1), 0.125);
 * ```
 */
export function linearSchedule({ start, end, iterations }: LinearScheduleOptions): Schedule {
  expectRate("start", start);
  expectRate("end", end);
  expectRange("an integer of at least 1", { iterations });
  return withoutWarmup((iteration) =>
    iteration >= iterations ? end : start + (end - start) * iteration / iterations
  );
}
