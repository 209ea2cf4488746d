/**
 * Losses and times of the most recent steps.
 *
 * @module
 */

/** Number of losses over which the reported mean is taken. */
const LOSSES = 100;

/** Number of step times over which the reported median is taken. */
const TIMES = 500;

/** Number of first steps whose time is not representative, because of tracing and first allocations. */
const UNTYPICAL = 3;

/** The most recent steps. */
export interface RecentSteps {
  /** Losses, oldest first. */
  readonly losses: readonly number[];
  /** Times in milliseconds, oldest first. */
  readonly times: readonly number[];
  /** Number of steps added in this process. */
  readonly added: number;
}

/** No steps yet. */
export const NO_STEPS: RecentSteps = { losses: [], times: [], added: 0 };

/**
 * Adds a step.
 *
 * @param recent Steps so far.
 * @param loss Loss of the step.
 * @param milliseconds Its time.
 * @returns The steps, without those that are no longer recent.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const recent = withStep(withStep(NO_STEPS, 2, 30), 1, 10);
 * assertEquals(meanLoss(recent), 1.5);
 * assertEquals(meanLoss(parseRecentSteps(recentStepsText(recent))), 1.5);
 * ```
 */
export function withStep(recent: RecentSteps, loss: number, milliseconds: number): RecentSteps {
  // The first times are used only until there is a representative one.
  const times = recent.added === UNTYPICAL ? [] : recent.times;
  return {
    losses: [...recent.losses, loss].slice(-LOSSES),
    times: [...times, milliseconds].slice(-TIMES),
    added: recent.added + 1,
  };
}

/**
 * Returns the mean loss of the recent steps.
 *
 * @param recent The steps.
 * @returns The mean; NaN without steps.
 */
export function meanLoss({ losses }: RecentSteps): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/**
 * Returns the median time of the recent steps.
 *
 * @param recent The steps.
 * @returns The median in milliseconds; NaN without steps.
 */
export function medianTime({ times }: RecentSteps): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted.length === 0 ? NaN : sorted[Math.floor(sorted.length / 2)];
}

/**
 * Serialises the steps for a checkpoint.
 *
 * @param recent The steps.
 * @returns Losses and median time as JSON.
 */
export function recentStepsText(recent: RecentSteps): string {
  const stepMs = medianTime(recent);
  return JSON.stringify({ losses: recent.losses, stepMs: Number.isNaN(stepMs) ? null : stepMs });
}

/**
 * Parses the steps in a checkpoint.
 *
 * @param text From {@linkcode recentStepsText}; missing in a new training.
 * @returns The steps; their times are represented by the median.
 */
export function parseRecentSteps(text: string | undefined): RecentSteps {
  if (text === undefined) return NO_STEPS;
  const { losses, stepMs } = JSON.parse(text);
  return { losses, times: stepMs === null ? [] : [stepMs], added: 0 };
}
