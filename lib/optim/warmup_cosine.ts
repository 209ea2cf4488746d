/**
 * Linear warm-up and cosine decay of the learning rate.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { cosineDecay } from "./cosine_decay.ts";
import { joinSchedules } from "./join_schedules.ts";
import { linearSchedule } from "./linear_schedule.ts";
import { expectRate, type Schedule } from "./schedule.ts";

/** Options of {@linkcode warmupCosine}. */
export interface WarmupCosineOptions {
  /** Number of steps of the training, at least 1. */
  iterations: number;
  /**
   * Learning rate of the first step.
   *
   * @default {0.05}
   */
  start?: number;
  /**
   * Learning rate at the end of the warm-up.
   *
   * @default {0.1}
   */
  peak?: number;
  /**
   * Number of warm-up steps, from 0.
   *
   * @default {800; in a training of fewer than 13,000 steps, the first 6 %}
   */
  warmup?: number;
}

/**
 * Linear warm-up followed by cosine decay to 0.
 *
 * The defaults are the paper's recipe for CIFAR: from 0.05 to 0.1 over 800 of 13,000 iterations.
 *
 * @param options Steps, rates, warm-up.
 * @returns The schedule.
 * @throws {RangeError} If a number of steps is not an integer in its range, or a rate is negative.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { warmupCosine } from "@nbn/toolkit/optim";
 *
 * const rate = warmupCosine({ iterations: 13_000 });
 * assertAlmostEquals(rate(0), 0.05);
 * assertAlmostEquals(rate(800), 0.1);
 * assertAlmostEquals(rate(6_900), 0.05);
 * ```
 */
export function warmupCosine(options: WarmupCosineOptions): Schedule {
  const { iterations, start = 0.05, peak = 0.1 } = options;
  expectRange("an integer of at least 1", { iterations });
  const warmup = options.warmup ?? (iterations < 13_000 ? Math.round(0.06 * iterations) : 800);
  expectRange("an integer of at least 0", { warmup });
  expectRate("start", start);
  expectRate("peak", peak);
  const decay = cosineDecay({ rate: peak, iterations: Math.max(1, iterations - warmup) });
  const rate = warmup === 0
    ? decay
    : joinSchedules([linearSchedule({ start, end: peak, iterations: warmup }), decay], [warmup]);
  return Object.assign((iteration: number) => rate(iteration), {
    warmup: {
      present: options.warmup !== 0,
      withSteps: (steps: number) => warmupCosine({ ...options, warmup: steps }),
    },
  });
}
