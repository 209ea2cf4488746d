/**
 * Number of workers after a failure.
 *
 * @module
 */
import type { Ending } from "./worker.ts";

/** Bounds on the number of workers, inclusive. */
export interface Elastic {
  /** Lowest number of workers, at least 1. */
  readonly min: number;
  /** Highest number of workers. */
  readonly max: number;
}

/** What happened since the last start. */
export interface Attempt {
  /** How the workers ended. */
  readonly endings: readonly Ending[];
  /** Whether a checkpoint was written. */
  readonly hasAdvanced: boolean;
}

/**
 * Returns how many workers are started after a failure. As long as the training advances, all of them: the failure was
 * a passing one. If it did not come to a checkpoint, the machine may not hold as many, so the workers that died by a
 * signal are not replaced.
 *
 * @param attempt What happened since the last start.
 * @param elastic Bounds; without them the number stays.
 * @returns Number of workers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const ending = { rank: 0, code: 75, signal: null, isAbandoned: false, errors: "" };
 * const endings = [ending, ending, { ...ending, code: 137, signal: "SIGKILL" }];
 * assertEquals(nextCount({ endings, hasAdvanced: false }, { min: 1, max: 4 }), 2);
 * assertEquals(nextCount({ endings, hasAdvanced: true }, { min: 1, max: 4 }), 4);
 * ```
 */
export function nextCount({ endings, hasAdvanced }: Attempt, elastic?: Elastic): number {
  if (elastic === undefined) return endings.length;
  if (hasAdvanced) return elastic.max;
  const lost = endings.filter(({ signal, isAbandoned }) => signal !== null && !isAbandoned).length;
  return Math.min(elastic.max, Math.max(elastic.min, endings.length - lost));
}
