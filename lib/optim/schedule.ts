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

/**
 * Checks a learning rate, or a factor on one.
 *
 * @param name Name of the argument, for the error message.
 * @param value The rate.
 * @throws {RangeError} If it is negative or not finite.
 */
export function expectRate(name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) {
    throw new RangeError(`Expected ${name} to be a number of at least 0 but found ${value}`);
  }
}
