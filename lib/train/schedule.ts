/**
 * Learning rates over a training.
 *
 * @module
 */

/** Learning rate of a step, numbered from 0. Any function of this form is one. */
export interface Schedule {
  (iteration: number): number;
  /** Its warm-up, where that can be changed; missing in a function of one's own. */
  readonly warmup?: Warmup;
}

/** The warm-up of a schedule. */
export interface Warmup {
  /** Whether it has one, if only in trainings that are long enough. */
  readonly present: boolean;
  /**
   * The same schedule with another warm-up.
   *
   * @param steps Number of its steps, from 0.
   */
  withSteps(steps: number): Schedule;
}

/** Options of {@linkcode warmupCosine}. */
export interface WarmupCosineOptions {
  /** Steps of the whole training, at least 1. */
  iterations: number;
  /**
   * Rate of the first step.
   *
   * @default {0.05}
   */
  start?: number;
  /**
   * Rate at the end of the warm-up.
   *
   * @default {0.1}
   */
  peak?: number;
  /**
   * Steps of the warm-up, from 0.
   *
   * @default {800; in a training of fewer than 13,000 steps, the first 6 %}
   */
  warmup?: number;
}

/**
 * A linear warm-up, then half a cosine down to 0 at the end.
 *
 * The defaults are the paper's recipe for CIFAR: from 0.05 to 0.1 over 800 of 13,000 iterations.
 *
 * @param options Steps, rates, warm-up.
 * @returns The rate of each step.
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

/** Options of {@linkcode stepwise}. */
export interface StepwiseOptions {
  /** Rate at the start. */
  rate: number;
  /** Steps at which the rate changes, ascending. */
  at: readonly number[];
  /**
   * What the rate is multiplied by at each of them.
   *
   * @default {0.1}
   */
  factor?: number;
}

/**
 * A rate that is multiplied by a factor at given steps.
 *
 * @param options Rate, steps, factor.
 * @returns The rate of each step.
 * @throws {RangeError} If the rate is negative, or the steps do not ascend.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const rate = stepwise({ rate: 0.1, at: [160, 180] });
 * assertAlmostEquals(rate(159), 0.1);
 * assertAlmostEquals(rate(160), 0.01);
 * ```
 */
export function stepwise({ rate, at, factor = 0.1 }: StepwiseOptions): Schedule {
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
 * A schedule whose first steps rise to it along a line: step i of n takes (i + 1) / n of its rate.
 *
 * @param schedule The schedule.
 * @param steps n, from 0.
 * @returns The rate of each step.
 * @throws {RangeError} If the number of steps is not an integer of at least 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const rate = warmedUp(constant(0.1), 5);
 * assertAlmostEquals(rate(0), 0.02);
 * assertAlmostEquals(rate(4), 0.1);
 * assertAlmostEquals(rate(5), 0.1);
 * ```
 */
export function warmedUp(schedule: Schedule, steps: number): Schedule {
  expectSteps("steps", steps, 0);
  const rate = (iteration: number) =>
    schedule(iteration) * Math.min(1, (iteration + 1) / Math.max(1, steps));
  const withSteps = (steps: number) => warmedUp(schedule, steps);
  return Object.assign(rate, { warmup: { present: true, withSteps } });
}

/**
 * The same rate throughout.
 *
 * @param rate Learning rate, from 0.
 * @returns The rate of each step.
 * @throws {RangeError} If the rate is negative.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(constant(0.1)(500), 0.1);
 * ```
 */
export function constant(rate: number): Schedule {
  expectRate("rate", rate);
  return risingWith(() => rate);
}

/** A schedule without a warm-up, which can have one along a line. */
function risingWith(rate: (iteration: number) => number): Schedule {
  const withSteps = (steps: number) => warmedUp(rate, steps);
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
