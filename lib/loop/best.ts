/**
 * Tracks the best evaluation of a training, for early stopping and for keeping the best network.
 *
 * @module
 */
/** The best evaluation. */
export interface Best {
  /** Mean accuracy over the classes that have images, in percent; every class has the same weight. */
  readonly accuracy: number;
  /** Steps done. */
  readonly step: number;
  /** Number of the stage, from 1. */
  readonly stage: number;
}

/** Summary of the evaluations so far. */
export interface BestSoFar {
  /** The best evaluation; missing before the first. */
  readonly best?: Best;
  /** Number of evaluations since the best, or since the loss last changed phase. */
  readonly since: number;
}

/**
 * Adds an evaluation.
 *
 * @param before Evaluations so far.
 * @param now The new evaluation; on a tie the earlier one stays the best.
 * @param counts Whether to count towards early stopping, that is whether the loss is in its last phase.
 * @returns The updated summary.
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
