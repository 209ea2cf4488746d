/**
 * Constant learning rate.
 *
 * @module
 */
import { expectRate, type Schedule } from "./schedule.ts";
import { withoutWarmup } from "./warmup.ts";

/**
 * Constant learning rate.
 *
 * @param rate Learning rate, from 0.
 * @returns The schedule.
 * @throws {RangeError} If the rate is negative.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { constantSchedule } from "@nbn/toolkit/optim";
 *
 * assertEquals(constantSchedule(0.1)(500), 0.1);
 * ```
 */
export function constantSchedule(rate: number): Schedule {
  expectRate("rate", rate);
  return withoutWarmup(() => rate);
}
