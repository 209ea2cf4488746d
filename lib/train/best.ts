/**
 * Which evaluation of a training was the best, for stopping early and for keeping the best network.
 *
 * @module
 */
/** The best evaluation. */
export interface Best {
  /** Mean accuracy of the classes that have images, in percent: rare ones count as much as frequent ones. */
  readonly accuracy: number;
  /** Steps done. */
  readonly step: number;
  /** Number of the stage, from 1. */
  readonly stage: number;
}

/** Evaluations so far. */
export interface BestSoFar {
  /** The best of them; missing before the first. */
  readonly best?: Best;
  /** Evaluations since the best, or since the loss last changed its formula. */
  readonly since: number;
}

/**
 * Takes an evaluation into account.
 *
 * @param before Evaluations so far.
 * @param now The new one; the earlier of equals is the better.
 * @param counts Whether the loss has its last formula, so that waiting for a better one has begun.
 * @returns All of them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const first = withEvaluation({ since: 0 }, { accuracy: 50, step: 10, stage: 1 }, true);
 * const second = withEvaluation(first, { accuracy: 50, step: 20, stage: 1 }, true);
 * assertEquals([second.best?.step, second.since], [10, 1]);
 * ```
 */
export function withEvaluation({ best, since }: BestSoFar, now: Best, counts: boolean): BestSoFar {
  if (best === undefined || now.accuracy > best.accuracy) return { best: now, since: 0 };
  return { best, since: counts ? since + 1 : 0 };
}
