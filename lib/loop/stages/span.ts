/**
 * Consecutive stages that continue each other.
 *
 * @module
 */
import { rng } from "../../core/rng.ts";
import type { Stage } from "./stage.ts";

/** A stage together with those that it continues and that continue it; deferrals count in fractions of the whole. */
export interface Span {
  /** Zero-based index of the first of these stages. */
  readonly first: number;
  /** Total steps of those before the stage. */
  readonly before: number;
  /** Total steps of all of them. */
  readonly iterations: number;
  /** Whether another stage continues this one. */
  readonly isContinued: boolean;
}

/**
 * Finds the span of a stage. The loss's progress, epochs of mixing, the stream of images and all random numbers run
 * on through it, so a stage split in two, of which the second part continues the first, equals the whole stage.
 *
 * @param stages All stages.
 * @param index Zero-based index of the stage.
 * @returns Start and length of its span.
 *
 * @example Deferred re-weighting, and a classifier trained again
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const stages = [{ iterations: 80 }, { iterations: 20, continues: true }, { iterations: 11 }];
 * assertEquals(spanOf(stages, 1), { first: 0, before: 80, iterations: 100, isContinued: false });
 * assertEquals(spanOf(stages, 2), { first: 2, before: 0, iterations: 11, isContinued: false });
 * ```
 */
export function spanOf(
  stages: readonly Pick<Stage, "iterations" | "continues">[],
  index: number,
): Span {
  let first = index, end = index + 1;
  while (first > 0 && stages[first].continues) first--;
  while (stages[end]?.continues) end++;
  const start = stepsBefore(stages, first);
  return {
    first,
    before: stepsBefore(stages, index) - start,
    iterations: stepsBefore(stages, end) - start,
    isContinued: end > index + 1,
  };
}

/**
 * Returns the number of steps before a stage, if no previous stage is stopped early.
 *
 * @param stages All stages.
 * @param index Index of the stage, from 0; the number of stages for all steps.
 * @returns Number of steps.
 */
export function stepsBefore(
  stages: readonly Pick<Stage, "iterations">[],
  index: number,
): number {
  return stages.slice(0, index).reduce((sum, { iterations }) => sum + iterations, 0);
}

/**
 * Returns the seed of a stage: the training's for the first, a derived one for later stages. A stage that continues
 * another one shares its seed.
 *
 * @param plan Seed and stages of the training.
 * @param index Zero-based index of the stage.
 * @returns The seed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const stages = [{ iterations: 80 }, { iterations: 20, continues: true }];
 * assertEquals([0, 1].map((index) => stageSeed({ seed: 7, stages }, index)), [7, 7]);
 * ```
 */
export function stageSeed(
  { seed, stages }: {
    readonly seed: number;
    readonly stages: readonly Pick<Stage, "iterations" | "continues">[];
  },
  index: number,
): number {
  const { first } = spanOf(stages, index);
  return first === 0 ? seed : rng(seed).fork(`stage ${first}`).seed;
}
