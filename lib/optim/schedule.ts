/**
 * Learning rate schedules.
 *
 * @module
 */

/** Learning rate as a function of the step, from 0. */
export interface Schedule {
  (iteration: number): number;
  /** Its warm-up, if it can be changed; missing for custom functions. */
  readonly warmup?: Warmup;
}

/** The warm-up of a schedule. */
export interface Warmup {
  /** Whether the schedule has a warm-up, even if short trainings round it to 0 steps. */
  readonly present: boolean;
  /**
   * Returns the same schedule with another warm-up.
   *
   * @param steps Number of warm-up steps, from 0.
   */
  withSteps(steps: number): Schedule;
}

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
 *
 * const rate = warmupCosine({ iterations: 13_000 });
 * assertAlmostEquals(rate(0), 0.05);
 * assertAlmostEquals(rate(800), 0.1);
 * assertAlmostEquals(rate(6_900), 0.05);
 * ```
 */
export function warmupCosine(options: WarmupCosineOptions): Schedule {
  const { iterations, start = 0.05, peak = 0.1 } = options;
  expectSteps("iterations", iterations, 1);
  const warmup = options.warmup ?? (iterations < 13_000 ? Math.round(0.06 * iterations) : 800);
  expectSteps("warmup", warmup, 0);
  expectRate("start", start);
  expectRate("peak", peak);
  const rate = (iteration: number) => {
    if (iteration < warmup) return start + (peak - start) * iteration / warmup;
    const done = Math.min(1, (iteration - warmup) / Math.max(1, iterations - warmup));
    return peak * 0.5 * (1 + Math.cos(Math.PI * done));
  };
  return Object.assign(rate, {
    warmup: {
      present: options.warmup !== 0,
      withSteps: (steps: number) => warmupCosine({ ...options, warmup: steps }),
    },
  });
}

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
    expectSteps(`at[${i}]`, step, 0);
    if (i > 0 && step <= at[i - 1]) {
      throw new RangeError(`Expected at to ascend but found ${step} after ${at[i - 1]}`);
    }
  });
  return risingWith((iteration) => rate * factor ** at.filter((step) => iteration >= step).length);
}

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
 *
 * const rate = withWarmup(constantSchedule(0.1), 5);
 * assertAlmostEquals(rate(0), 0.02);
 * assertAlmostEquals(rate(4), 0.1);
 * assertAlmostEquals(rate(5), 0.1);
 * ```
 */
export function withWarmup(schedule: Schedule, steps: number): Schedule {
  expectSteps("steps", steps, 0);
  const rate = (iteration: number) =>
    schedule(iteration) * Math.min(1, (iteration + 1) / Math.max(1, steps));
  const withSteps = (steps: number) => withWarmup(schedule, steps);
  return Object.assign(rate, { warmup: { present: true, withSteps } });
}

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
 *
 * assertEquals(constantSchedule(0.1)(500), 0.1);
 * ```
 */
export function constantSchedule(rate: number): Schedule {
  expectRate("rate", rate);
  return risingWith(() => rate);
}

/** Returns a schedule without a warm-up, to which a linear one can be added. */
function risingWith(rate: (iteration: number) => number): Schedule {
  const withSteps = (steps: number) => withWarmup(rate, steps);
  return Object.assign(rate, { warmup: { present: false, withSteps } });
}

function expectSteps(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(
      `Expected ${name} to be an integer of at least ${least} but found ${value}`,
    );
  }
}

function expectRate(name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) {
    throw new RangeError(`Expected ${name} to be a number of at least 0 but found ${value}`);
  }
}
